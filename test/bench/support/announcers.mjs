import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';

const CANDIDATE = 'a=candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host\r\n';
/** About 500 bytes, as browsers make them. */
const SDP = `v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n${CANDIDATE.repeat(8)}`;
const bytes = () => randomBytes(20).toString('latin1');

/** Peers of one swarm that announce again as soon as they are answered. */
export class Announcers {
  answers = 0;
  failures = 0;
  #sockets = [];
  #stopped = false;

  static async connect(url, infoHash, { sockets, offers }) {
    const announcers = new Announcers();
    const info_hash = Buffer.from(infoHash, 'hex').toString('latin1');
    for (let count = 0; count < sockets; count += 1) await announcers.#add(url, info_hash, offers);
    return announcers;
  }

  async close() {
    this.#stopped = true;
    await Promise.all(
      this.#sockets.map((socket) => {
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.close();
        return closed;
      }),
    );
  }

  async #add(url, info_hash, offers) {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const peer_id = bytes();
    const announce = (event) => {
      const made = Array.from({ length: offers }, () => ({
        offer: { type: 'offer', sdp: SDP },
        offer_id: bytes(),
      }));
      socket.send(
        JSON.stringify({
          action: 'announce',
          info_hash,
          peer_id,
          left: 1000,
          numwant: offers,
          event,
          offers: made,
        }),
      );
    };
    socket.on('message', (data) => {
      const text = String(data);
      // An offer of another peer: read, not answered.
      if (text.includes('"offer"')) return;
      if (text.includes('failure reason')) this.failures += 1;
      else this.answers += 1;
      if (!this.#stopped) announce();
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    this.#sockets.push(socket);
    announce('started');
  }
}
