const NO_WEBRTC = ['RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate']
  .map((name) => `export const ${name} = undefined;`)
  .join('');
/** WebTorrent 2.8.5 makes hex of a text, for its debug output; uint8-util takes bytes only since 2.3. */
const HEX = `
  import { arr2hex as hexOf, text2arr } from 'URL';
  export * from 'URL';
  export const arr2hex = (value) => hexOf(typeof value === 'string' ? text2arr(value) : value);`;

const module = (text) => ({ url: `data:text/javascript,${encodeURIComponent(text)}`, shortCircuit: true });

/** A module hook that lets WebTorrent run in Node, whose WebRTC is left out of the installation. */
export async function resolve(specifier, context, next) {
  if (specifier === 'webrtc-polyfill') return module(NO_WEBRTC);
  const resolved = await next(specifier, context);
  return specifier === 'uint8-util' ? module(HEX.replaceAll('URL', resolved.url)) : resolved;
}
