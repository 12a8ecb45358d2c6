/** Runs jobs in the order they came, at most `limit` at once. */
export interface JobQueue {
  run<Answer>(job: () => Promise<Answer>): Promise<Answer>;
}

export function createJobQueue(limit: number): JobQueue {
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async (): Promise<void> => {
    if (running < limit) {
      running += 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    await promise;
  };
  const leave = (): void => {
    const next = waiting.shift();
    // The place is handed over, never free in between: a newcomer would take it and make one too many.
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    async run(job) {
      await enter();
      try {
        return await job();
      } finally {
        leave();
      }
    },
  };
}
