import type Hls from 'hls.js';
import type { MediaState } from './media-state';
import type { PlayingSession } from './session';
import { TransferLedger } from './transfer-ledger';

/** Beyond it nothing is fetched ahead; seconds. */
const MAX_BUFFER = 30;

/**
 * A playlist being played, of a video that has no files: PeerTube's instances may make HLS alone. There is no swarm. The whole of
 * the package is loaded, and only then: without its part for separate sound, videos of PeerTube 7 would be silent.
 */
export class HlsSession implements PlayingSession {
  private readonly ledger = new TransferLedger();
  private hls: Hls | null = null;
  private height = 0;
  private destroyed = false;

  constructor(
    private readonly element: HTMLVideoElement,
    private readonly playlistUrl: string,
    /** Called when the playlist cannot be played. */
    private readonly onFailure: () => void,
  ) {}

  start(position: number): void {
    void this.open(position).catch(this.onFailure);
  }

  /** There is no other way to it. */
  fallBack(): boolean {
    return false;
  }

  figures(): Partial<MediaState> {
    return {
      delivery: 'http',
      peers: 0,
      peerSpeeds: { down: 0, up: 0 },
      transfer: this.ledger.snapshot(),
      pieces: [],
      resolution: this.height,
    };
  }

  destroy(): void {
    this.destroyed = true;
    this.hls?.destroy();
    this.hls = null;
  }

  private async open(position: number): Promise<void> {
    const { default: Player } = await import('hls.js');
    if (this.destroyed) return;
    // Some browsers on phones play it by themselves, and only so.
    if (!Player.isSupported()) {
      this.element.src = this.playlistUrl;
      return;
    }
    // Its worker would be a script without an address, which the site does not allow.
    const hls = new Player({ enableWorker: false, startPosition: position, maxBufferLength: MAX_BUFFER });
    this.hls = hls;
    hls.on(Player.Events.ERROR, (_, { fatal }) => fatal && this.onFailure());
    hls.on(Player.Events.FRAG_LOADED, (_, { frag }) => this.ledger.fromSeed(frag.url, frag.stats.total));
    hls.on(Player.Events.LEVEL_SWITCHED, (_, { level }) => (this.height = hls.levels[level]?.height ?? 0));
    hls.loadSource(this.playlistUrl);
    hls.attachMedia(this.element);
  }
}
