import Bull from 'bull';

/** Removes the keys that match a pattern. */
export const removeKeys = (url: string, pattern: string): Promise<void> =>
  withRedis(url, async (client) => {
    const keys = await client.keys(pattern);
    if (keys.length > 0) await client.del(keys);
  });

/** How many keys match a pattern. */
export const countKeys = (url: string, pattern: string): Promise<number> =>
  withRedis(url, async (client) => (await client.keys(pattern)).length);

/** Bull’s own client is the one Redis client we have. */
async function withRedis<T>(url: string, use: (client: Bull.Queue['client']) => Promise<T>): Promise<T> {
  const queue = new Bull('cleaner', url, { prefix: 'vidiverse_test_cleaner' });
  try {
    return await use(queue.client);
  } finally {
    await queue.close();
  }
}
