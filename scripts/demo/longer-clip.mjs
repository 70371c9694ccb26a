import { readFile } from 'node:fs/promises';
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

/** A clip, so many times in a row: long enough that viewers have something to hand on. Nothing is encoded anew. */
export async function longerClip(path, times) {
  const input = new Input({ source: new BufferSource(await readFile(path)), formats: ALL_FORMATS });
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const duration = await input.computeDuration();
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const tracks = [{ track: video, source: new EncodedVideoPacketSource(video.codec) }];
  output.addVideoTrack(tracks[0].source);
  if (audio) {
    tracks.push({ track: audio, source: new EncodedAudioPacketSource(audio.codec) });
    output.addAudioTrack(tracks[1].source);
  }
  await output.start();
  for (let time = 0; time < times; time += 1) {
    for (const { track, source } of tracks) {
      const meta = { decoderConfig: await track.getDecoderConfig() };
      for await (const packet of new EncodedPacketSink(track).packets())
        if (packet.timestamp >= 0)
          await source.add(packet.clone({ timestamp: packet.timestamp + time * duration }), meta);
    }
  }
  await output.finalize();
  return Buffer.from(target.buffer);
}
