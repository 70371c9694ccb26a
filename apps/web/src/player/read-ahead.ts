/** Takes what comes from `items` as it comes, also while nobody asks, and hands it on in its order. An error comes in its place too. */
export function readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const arrived: T[] = [];
  let isOver = false;
  let failure: unknown;
  let wake = (): void => {};
  const take = async () => {
    try {
      for await (const item of items) {
        arrived.push(item);
        wake();
      }
    } catch (error) {
      failure = error;
    }
    isOver = true;
    wake();
  };
  void take();
  return (async function* () {
    for (;;) {
      if (arrived.length > 0) yield arrived.shift()!;
      else if (failure !== undefined) throw failure;
      else if (isOver) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  })();
}
