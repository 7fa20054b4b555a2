// Keeps a number of requests under way for a while; answers how many were done per second. A failure ends the bench.
export async function hammer(connections, seconds, request) {
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let done = 0;
  const worker = async first => {
    for (let turn = first; performance.now() < end; turn += connections) {
      await request(turn);
      done++;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, first) => worker(first)));
  return done / ((performance.now() - begun) / 1000);
}
