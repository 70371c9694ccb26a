/**
 * Node has no WebRTC, and the tracker client wants one. This makes session descriptions, which is all that a tracker hands
 * on; no connection comes of them. Jest puts it where the client looks for `webrtc-polyfill`; real ones are in test/web.
 */
interface Description {
  type: 'offer' | 'answer';
  sdp: string;
}

let made = 0;

const describe = (type: Description['type']): Description => {
  made += 1;
  return { type, sdp: `v=0\r\no=- ${made} 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n` };
};

export class RTCPeerConnection {
  readonly iceConnectionState = 'new';
  readonly iceGatheringState = 'complete';
  readonly connectionState = 'new';
  readonly signalingState = 'stable';
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  onicecandidate: ((event: { candidate: null }) => void) | null = null;

  createDataChannel() {
    return { readyState: 'connecting', bufferedAmount: 0, close: () => {} };
  }

  async createOffer(): Promise<Description> {
    return describe('offer');
  }

  async createAnswer(): Promise<Description> {
    return describe('answer');
  }

  async setLocalDescription(description: Description): Promise<void> {
    this.localDescription = description;
    // There are no more candidates.
    this.onicecandidate?.({ candidate: null });
  }

  async setRemoteDescription(description: Description): Promise<void> {
    this.remoteDescription = description;
  }

  async getStats(): Promise<unknown[]> {
    return [];
  }

  close(): void {}
}

export class RTCSessionDescription {
  readonly type: Description['type'];
  readonly sdp: string;

  constructor({ type, sdp }: Description) {
    this.type = type;
    this.sdp = sdp;
  }
}

export class RTCIceCandidate {}
