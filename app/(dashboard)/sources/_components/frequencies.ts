/** How often a source can be read, in words. */
export const frequencies = [
  { value: 'manual', label: 'Only when I say so' },
  { value: 'realtime', label: 'In real time: when it calls, and every 5 minutes' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'daily', label: 'Every day' },
];
