/** Runs tasks one after the other, in the order in which they were asked for. */
export function createSerialQueue(): <Data>(task: () => Promise<Data>) => Promise<Data> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}
