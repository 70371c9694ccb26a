import { setTimeout as pause } from 'node:timers/promises';

/** The first file of the clip that every new instance publishes, once it is published. */
export async function sampleFile(base) {
  const json = async (path) => (await fetch(base + path)).json();
  for (;;) {
    const { data } = await json('/api/v1/videos');
    const { files } = data[0] ? await json(`/api/v1/videos/${data[0].uuid}`) : { files: [] };
    if (files[0]?.infoHash) return files[0];
    await pause(200);
  }
}
