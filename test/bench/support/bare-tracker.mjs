import Server from 'bittorrent-tracker/server';

// The library as its own manual starts it: every hash is welcome, nothing is limited or counted.
const tracker = new Server({ udp: false, http: true, ws: true, stats: false });
tracker.on('warning', () => {});
tracker.listen(0, '127.0.0.1', () => console.log(tracker.http.address().port));
