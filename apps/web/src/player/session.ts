import { onFirstPicture } from './first-picture';
import type { MediaState } from './media-state';
import { type Playback, RangeSource } from './range-source';
import { SeedCare } from './seed-care';
import { SeedReader } from './seed-reader';
import type { StreamServer } from './stream-server';
import type { TorrentEngine as Engine } from './torrent-engine';
import { TransferLedger } from './transfer-ledger';
import type { PlayableFile, PlayableVideo, PlayerOptions } from './types';

/** The swarm is joined once the first frame is there, at the latest after this many milliseconds. */
const JOIN_AT_LATEST = 1000;

/** What the player asks of whatever is being played. */
export interface PlayingSession {
  /** Seconds. */
  start(position: number): void;
  /** It broke: goes on in another way. False when there is none. */
  fallBack(position: number): boolean;
  /** What the swarm panel shows. */
  figures(): Partial<MediaState>;
  destroy(): void;
}

/** One file being played: by a stream that swarm and seeds fill, or by plain HTTP. */
export class Session implements PlayingSession {
  private readonly stopped = new AbortController();
  private readonly ledger = new TransferLedger();
  private source: RangeSource | null = null;
  private engine: Engine | null = null;
  private streamUrl: string | null = null;

  constructor(
    private readonly element: HTMLVideoElement,
    private readonly video: PlayableVideo,
    private readonly file: PlayableFile,
    private readonly options: PlayerOptions,
    /** Null plays over plain HTTP. */
    private readonly server: StreamServer | null,
  ) {}

  start(position: number): void {
    if (this.server) this.openStream(this.server);
    this.show(this.streamUrl ?? this.file.fileUrl, position);
    if (this.source) this.joinSoon(this.source);
  }

  /** The stream broke: goes on over plain HTTP. False when that is what broke. */
  fallBack(position: number): boolean {
    if (!this.streamUrl) return false;
    this.leave();
    const playing = !this.element.paused;
    this.show(this.file.fileUrl, position);
    if (playing) void this.element.play().catch(() => undefined);
    return true;
  }

  /** What the swarm panel shows. */
  figures(): Partial<MediaState> {
    const { engine } = this;
    if (this.source && engine) this.source.askPeers(this.playheadByte());
    return {
      delivery: this.streamUrl ? 'swarm' : 'http',
      peers: engine?.peers ?? 0,
      peerSpeeds: engine?.speeds ?? { down: 0, up: 0 },
      transfer: this.ledger.snapshot(),
      pieces: engine ? Array.from({ length: engine.pieceCount }, (_, index) => engine.has(index)) : [],
    };
  }

  destroy(): void {
    this.leave();
  }

  private openStream(server: StreamServer): void {
    const care = new SeedCare(this.file, this.options);
    const { seeds } = care;
    const reader = new SeedReader(seeds, this.ledger, this.options.seedTimeout, care.report);
    care.keepCurrent(this.stopped.signal);
    this.source = new RangeSource(this.file.size, reader, () => this.playback(), this.options);
    this.source.onLie = care.lied;
    this.source.bytesPerSecond = this.file.size / Math.max(this.video.duration, 1);
    this.streamUrl = server.add(
      this.source,
      this.file.fileUrl.includes('.webm') ? 'video/webm' : 'video/mp4',
      seeds.best(),
    );
  }

  private show(url: string, position: number): void {
    // As part of the address, so that the element never begins at 0 first.
    this.element.src = position > 0 ? `${url}#t=${position}` : url;
  }

  private joinSoon(source: RangeSource): void {
    const { signal } = this.stopped;
    let begun = false;
    const join = () => {
      if (begun || signal.aborted) return;
      begun = true;
      void this.join(source).catch(() => source.stayAlone());
    };
    onFirstPicture(this.element, signal, join);
    setTimeout(join, JOIN_AT_LATEST);
  }

  private async join(source: RangeSource): Promise<void> {
    const { TorrentEngine } = await import('./torrent-engine');
    const engine = await TorrentEngine.join(
      this.file.torrentUrl,
      this.options,
      this.ledger,
      this.stopped.signal,
    );
    if (this.stopped.signal.aborted) {
      engine.destroy();
      return;
    }
    this.engine = engine;
    source.join(engine);
    source.askPeers(this.playheadByte());
  }

  private leave(): void {
    this.stopped.abort();
    this.engine?.destroy();
    this.engine = null;
    if (this.streamUrl) this.server?.remove(this.streamUrl);
    this.streamUrl = null;
    this.source = null;
  }

  private playback(): Playback {
    const { buffered, currentTime, ended, readyState } = this.element;
    let bufferedAhead = 0;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) > currentTime)
        bufferedAhead = buffered.end(index) - currentTime;
    }
    return { bufferedAhead, starving: !ended && readyState < HTMLMediaElement.HAVE_FUTURE_DATA };
  }

  /** Roughly where the element reads next: bit rates vary, but peers are asked for minutes ahead anyway. */
  private playheadByte(): number {
    const { bufferedAhead } = this.playback();
    return ((this.element.currentTime + bufferedAhead) / Math.max(this.video.duration, 1)) * this.file.size;
  }
}
