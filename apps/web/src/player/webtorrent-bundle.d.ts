declare module 'webtorrent/dist/webtorrent.min.js' {
  /** A class; `webtorrent.ts` says what we use of it. */
  const WebTorrent: unknown;
  export default WebTorrent;
}
