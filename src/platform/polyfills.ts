/** What Node 20 lacks and a library of the screen asks for. Imported before anything else. */
interface WithResolvers {
  withResolvers?: unknown;
}

const promise = Promise as unknown as WithResolvers;
promise.withResolvers ??= function withResolvers<Value>(this: PromiseConstructor): object {
  let resolve: (value: Value | PromiseLike<Value>) => void = () => {};
  let reject: (reason?: unknown) => void = () => {};
  const made = new Promise<Value>((whenGood, whenBad) => {
    resolve = whenGood;
    reject = whenBad;
  });
  return { promise: made, resolve, reject };
};

export {};
