/**
 * Calls back once the first picture is on the screen. A picture that is only decoded (`loadeddata`) waits for the page to be
 * idle: what begins then would keep it off the screen. Browsers that cannot tell say when it is decoded; sound has none.
 */
export function onFirstPicture(element: HTMLVideoElement, signal: AbortSignal, then: () => void): void {
  if ('requestVideoFrameCallback' in element) {
    const handle = element.requestVideoFrameCallback(() => then());
    signal.addEventListener('abort', () => element.cancelVideoFrameCallback(handle), { once: true });
  } else {
    (element as HTMLVideoElement).addEventListener('loadeddata', then, { once: true, signal });
  }
}
