import { once } from 'node:events';
import { receive } from '#lib/jobs/receive.ts';
import { jobKinds } from '#lib/jobs/registry.ts';
import { defaultTimings } from '#lib/jobs/timings.ts';
import { startReceiver } from '#tests/support/receiver.ts';
import type { LifeOrders } from '#tests/support/worker.ts';
import { type DeathPoint, mortal, mortalFetch } from '#tests/support/worker-death.ts';

// A process that serves the queue once it has its orders, until it is killed: by itself where they say so.
process.once('disconnect', () => process.exit());
const [orders] = (await once(process, 'message')) as [LifeOrders];
const { kinds } = orders.kindsModule ? await import(orders.kindsModule) : { kinds: jobKinds };
const workshop = { kinds: mortal(kinds, reap), timings: { ...defaultTimings(), ...orders.timings } };
let passed = 0;

function reap(point: DeathPoint): void {
  const { killAt, killRates = {} } = orders;
  const isNamed = killAt?.point === point && ++passed === killAt.nth;
  if (!isNamed && Math.random() >= (killRates[point] ?? 0)) return;
  process.send?.({ diesAt: point });
  process.kill(process.pid, 'SIGKILL');
}

mortalFetch(reap);
const receiver = await startReceiver(async (request) => {
  const response = await receive(request, workshop);
  reap('answer');
  return response;
});
process.send?.({ url: receiver.url });
