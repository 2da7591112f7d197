import type { Ground } from './ground.ts';
import { runTask, type Task } from './tasks/registry.ts';

// A process of its own for each measurement: its peak of memory is that of the task alone.
const [ground, task] = process.argv.slice(2).map((argument) => JSON.parse(argument)) as [Ground, Task];
const measured = await runTask(ground, task);
const peakMemoryMb = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ ...measured, peakMemoryMb }));
