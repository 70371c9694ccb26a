import type { EncodedPacket, InputAudioTrack, InputVideoTrack } from 'mediabunny';
import type { MediaInfo } from './media-info.js';
import { openMedia } from './media-library.js';

/** Bytes that are gathered before they go to the disk. */
const CHUNK = 2 * 1024 * 1024;

export interface LibraryRemux {
  input: string;
  output: string;
  info: MediaInfo;
  /** A WebM instead of an MP4. */
  webm: boolean;
  signal: AbortSignal;
  /** 0 to 100. */
  onProgress: (percent: number) => void;
}

/**
 * Writes the first picture and sound track as an MP4 with its index first, or as a WebM with an index, without ffmpeg and
 * without holding the file in memory: the packets are counted, so that room for the index can be kept at the front.
 */
export async function remuxWithLibrary({ input: path, output: target, info, ...options }: LibraryRemux) {
  const bunny = await import('mediabunny');
  const { video, audio, close } = await openMedia(path);
  const output = new bunny.Output({
    format: options.webm ? new bunny.WebMOutputFormat() : new bunny.Mp4OutputFormat({ fastStart: 'reserve' }),
    target: new bunny.FilePathTarget(target, { chunkSize: CHUNK }),
  });
  try {
    if (!video) throw new Error('it has no picture');
    const count = async (track: InputVideoTrack | InputAudioTrack) =>
      (await track.computePacketStats()).packetCount;
    const picture = new bunny.EncodedVideoPacketSource(video.codec!);
    output.addVideoTrack(picture, { rotation: video.rotation, maximumPacketCount: await count(video) });
    const pictureConfig = { decoderConfig: (await video.getDecoderConfig()) ?? undefined };
    const writers: Writer[] = [
      {
        packets: new bunny.EncodedPacketSink(video).packets(),
        add: (packet) => picture.add(packet, pictureConfig),
      },
    ];
    if (audio) {
      const sound = new bunny.EncodedAudioPacketSource(audio.codec!);
      output.addAudioTrack(sound, { maximumPacketCount: await count(audio) });
      const soundConfig = { decoderConfig: (await audio.getDecoderConfig()) ?? undefined };
      writers.push({
        packets: new bunny.EncodedPacketSink(audio).packets(),
        add: (packet) => sound.add(packet, soundConfig),
      });
    }
    await output.start();
    for await (const time of interleave(writers)) {
      options.signal.throwIfAborted();
      options.onProgress(Math.min(100, (time / info.duration) * 100));
    }
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => undefined);
    options.signal.throwIfAborted();
    throw new Error(`The file could not be made ready for streaming: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    close();
  }
}

interface Writer {
  packets: AsyncGenerator<EncodedPacket, void, unknown>;
  add(packet: EncodedPacket): Promise<void>;
}

/** Writes all packets in the order of time, so that sound and picture stand side by side. Yields the seconds reached. */
async function* interleave(writers: Writer[]): AsyncGenerator<number> {
  const heads = await Promise.all(
    writers.map(async (writer) => ({ writer, head: await writer.packets.next() })),
  );
  for (;;) {
    const open = heads.filter(({ head }) => !head.done);
    if (open.length === 0) return;
    const next = open.reduce((first, other) => (timeOf(other.head) < timeOf(first.head) ? other : first));
    const packet = next.head.value!;
    await next.writer.add(packet);
    yield packet.timestamp;
    next.head = await next.writer.packets.next();
  }
}

const timeOf = (head: IteratorResult<EncodedPacket, void>): number =>
  head.done ? Infinity : head.value.timestamp;
