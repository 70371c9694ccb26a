import { chooseFile } from './file-choice';
import { initialState, type MediaState } from './media-state';
import { keepPreferences, p2pWanted, readPreferences } from './preferences';
import { keepPosition, positionOf } from './resume';
import { HlsSession } from './hls-session';
import { type PlayingSession, Session } from './session';
import { StreamServer, workerReady } from './stream-server';
import { DEFAULT_OPTIONS, type PlayableFile, type PlayableVideo, type PlayerOptions } from './types';

const TICK_MS = 500;
const KEEP_POSITION_EVERY_MS = 5000;
const SPEEDS = { least: 0.25, most: 3 };
/** Stalls of one file after which the automatic choice takes a smaller one. */
const STALLS_BEFORE_SMALLER = 2;

const NOT_LOADED = 'The video could not be loaded. Check your connection and try again.';

/** What the page, not the player, can do. */
export type PageRequest = 'fullscreen' | 'theatre' | 'shortcuts';

/** Plays one video in one `<video>` element: chooses the file, joins its swarm, keeps the state that controls show. */
export class Player {
  readonly state: MediaState = initialState();
  /** Set by the page. */
  onPageRequest: (request: PageRequest) => void = () => {};
  private readonly listeners = new Set<(state: MediaState) => void>();
  private readonly server = new StreamServer();
  private readonly stopped = new AbortController();
  private session: PlayingSession | null = null;
  private stalls = 0;
  private mostResolution = Number.POSITIVE_INFINITY;
  private readonly options: PlayerOptions;

  constructor(
    private readonly element: HTMLVideoElement,
    private readonly video: PlayableVideo,
    options: Partial<PlayerOptions> = {},
  ) {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    const { volume, muted, speed, resolution } = readPreferences();
    Object.assign(element, { volume, muted });
    this.state.chosenResolution = resolution;
    this.state.speed = speed;
    this.state.duration = video.duration;
    this.state.p2p = p2pWanted(readPreferences());
    this.listen();
  }

  /** Starts the video where `start` (seconds) or the last visit says. */
  async load(start?: number): Promise<void> {
    const position = start ?? positionOf(this.video.uuid);
    await this.open(position);
  }

  /** Calls back with each change; answers the way to stop that. */
  subscribe(listener: (state: MediaState) => void): () => void {
    this.listeners.add(listener);
    listener(this.state);
    return () => this.listeners.delete(listener);
  }

  togglePlay(): void {
    if (this.element.paused) void this.play();
    else this.element.pause();
  }

  /** A browser that refuses to play with sound before a click leaves the video paused. */
  async play(): Promise<void> {
    await this.element.play().catch(() => undefined);
  }

  seek(seconds: number): void {
    this.element.currentTime = Math.min(Math.max(seconds, 0), this.state.duration);
  }

  seekBy(seconds: number): void {
    this.seek(this.element.currentTime + seconds);
  }

  /** 0 is the start, 1 the end. */
  seekToPart(part: number): void {
    this.seek(this.state.duration * part);
  }

  step(seconds: number): void {
    this.element.pause();
    this.seekBy(seconds);
  }

  setVolume(volume: number): void {
    this.element.volume = Math.min(Math.max(volume, 0), 1);
    this.element.muted = false;
    // The element tells later; the next key may come before.
    this.update({ volume: this.element.volume });
  }

  toggleMute(): void {
    this.element.muted = !this.element.muted;
  }

  setSpeed(speed: number): void {
    this.element.playbackRate = Math.min(Math.max(speed, SPEEDS.least), SPEEDS.most);
    this.update({ speed: this.element.playbackRate });
  }

  async togglePictureInPicture(): Promise<void> {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await this.element.requestPictureInPicture?.().catch(() => undefined);
  }

  request(request: PageRequest): void {
    this.onPageRequest(request);
  }

  /** Plays another height from the same position; null lets the player choose. */
  async setResolution(resolution: number | null): Promise<void> {
    keepPreferences({ resolution });
    this.update({ chosenResolution: resolution });
    if (this.file()?.resolution.id !== this.state.resolution) await this.open(this.element.currentTime);
  }

  /** Takes part in the swarm or not; the choice is kept. */
  async setP2p(p2p: boolean): Promise<void> {
    keepPreferences({ p2p });
    this.update({ p2p });
    await this.open(this.element.currentTime);
  }

  /** Tries again after an error. */
  async retry(): Promise<void> {
    await this.open(this.element.currentTime);
  }

  /** Leaves the swarm and frees everything. */
  destroy(): void {
    this.rememberPosition();
    this.stopped.abort();
    this.session?.destroy();
    this.server.destroy();
    this.element.removeAttribute('src');
    this.element.load();
    this.listeners.clear();
  }

  private async open(position: number): Promise<void> {
    const wasPlaying = !this.element.paused;
    const previous = this.session;
    const file = this.file();
    const canStream =
      this.state.p2p && Boolean(file?.torrentUrl) && (await workerReady(this.options.workerTimeout));
    if (this.stopped.signal.aborted) return;
    this.stalls = 0;
    this.session = this.newSession(file, canStream ? this.server : null);
    this.update({
      resolution: file?.resolution.id ?? 0,
      delivery: canStream ? 'swarm' : 'http',
      error: null,
      pieces: [],
      peers: 0,
    });
    this.session.start(position);
    previous?.destroy();
    this.element.playbackRate = this.state.speed;
    if (wasPlaying) await this.play();
  }

  private newSession(file: PlayableFile | null, server: StreamServer | null): PlayingSession {
    if (file) return new Session(this.element, this.video, file, this.options, server);
    const [playlist] = this.video.streamingPlaylists ?? [];
    return new HlsSession(this.element, playlist?.playlistUrl ?? '', () =>
      this.update({ error: NOT_LOADED }),
    );
  }

  /** Null when the video has no files: it is played by its playlist. */
  private file(): PlayableFile | null {
    if (this.video.files.length === 0) return null;
    const pixels = this.element.clientHeight * window.devicePixelRatio;
    return chooseFile(this.video.files, this.state.chosenResolution, pixels, this.mostResolution);
  }

  private listen(): void {
    const { signal } = this.stopped;
    const on = (events: string, handle: () => void) => {
      for (const event of events.split(' ')) this.element.addEventListener(event, handle, { signal });
    };
    on('play pause ended playing seeked timeupdate progress durationchange', () => this.readElement());
    on('volumechange', () => {
      const { volume, muted } = this.element;
      keepPreferences({ volume, muted });
      this.update({ volume, muted });
    });
    on('ratechange', () => {
      // A new source sets the rate back to 1 on its own; only a choice of the viewer is kept.
      if (this.element.readyState > 0) keepPreferences({ speed: this.element.playbackRate });
      this.update({ speed: this.element.playbackRate });
    });
    on('waiting', () => this.onStall());
    on('pause seeking', () => this.rememberPosition());
    on('error', () => this.onError());
    window.addEventListener('pagehide', () => this.rememberPosition(), { signal });
    const tick = setInterval(() => this.readSession(), TICK_MS);
    const keep = setInterval(() => this.rememberPosition(), KEEP_POSITION_EVERY_MS);
    signal.addEventListener('abort', () => [tick, keep].forEach(clearInterval));
  }

  private readElement(): void {
    const { buffered, currentTime, duration, ended, paused, readyState } = this.element;
    this.update({
      paused,
      ended,
      currentTime,
      duration: Number.isFinite(duration) && duration > 0 ? duration : this.video.duration,
      stalled: !paused && !ended && readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
      buffered: Array.from({ length: buffered.length }, (_, index) => ({
        start: buffered.start(index),
        end: buffered.end(index),
      })),
    });
  }

  private readSession(): void {
    if (this.session) this.update(this.session.figures());
  }

  private onStall(): void {
    this.readElement();
    // A seek waits too; that is no sign of a slow network.
    if (this.element.seeking || this.element.currentTime === 0) return;
    if (this.video.files.length === 0) return;
    this.stalls += 1;
    if (this.state.chosenResolution !== null || this.stalls < STALLS_BEFORE_SMALLER) return;
    this.mostResolution = this.state.resolution - 1;
    if (this.file()?.resolution.id !== this.state.resolution) void this.open(this.element.currentTime);
  }

  private onError(): void {
    const { error } = this.element;
    if (!error || !this.element.currentSrc || this.session?.fallBack(this.element.currentTime)) return;
    const unsupported = error.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
    this.update({
      error: unsupported
        ? 'This browser cannot play the file, or it is not there any more. Try another quality.'
        : NOT_LOADED,
    });
  }

  private rememberPosition(): void {
    if (this.element.readyState > 0)
      keepPosition(this.video.uuid, this.element.currentTime, this.state.duration);
  }

  private update(changes: Partial<MediaState>): void {
    Object.assign(this.state, changes);
    for (const listener of this.listeners) listener(this.state);
  }
}
