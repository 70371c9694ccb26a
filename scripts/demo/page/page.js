const NAMES = {
  origin: 'publishes the video',
  follower: 'follows the origin',
  cache: 'follows, caches, seeds',
};
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const size = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
const roles = new Map();
const frames = new Map();

/** Cards stay as they are and are only filled anew: a button that is replaced under a finger loses the click. */
const cards = new Map();

const act = async (button) => {
  button.disabled = true;
  draw(await (await fetch(button.dataset.act, { method: 'POST', headers: { 'x-demo': '1' } })).json());
  button.disabled = false;
};

function draw(instances) {
  for (const instance of instances) {
    const { role, url, host, video, name } = instance;
    roles.set(host, role);
    if (!cards.has(role)) cards.set(role, card(instance));
    fill(cards.get(role), instance);
    if (role !== 'origin') frame(role, name, url, video);
  }
}

/** A card without its figures. */
function card({ role, url, host }) {
  const element = make(
    'div',
    {},
    make('h2', {}, make('a', { href: url, target: '_blank', textContent: host }), ` ${NAMES[role]}`),
    make('dl'),
  );
  element.dataset.role = role;
  if (role === 'origin')
    element.append(make('button', { id: 'origin', onclick: ({ target }) => void act(target) }));
  document.querySelector('#cards').append(element);
  return element;
}

function fill(element, { isRunning, video, served }) {
  const facts = [
    ['State', isRunning ? 'runs' : 'stopped'],
    ['Video', video ? video.name : 'not yet'],
    ['Sent by HTTP', size(served)],
  ];
  element.className = `card${isRunning ? '' : ' card--stopped'}`;
  element
    .querySelector('dl')
    .replaceChildren(
      ...facts.flatMap(([name, value]) => [
        make('dt', { textContent: name }),
        make('dd', { textContent: value }),
      ]),
    );
  const button = element.querySelector('button');
  if (!button) return;
  button.textContent = isRunning ? 'Stop the origin' : 'Start the origin';
  button.dataset.act = isRunning ? '/origin/stop' : '/origin/start';
}

function frame(role, name, url, video) {
  let view = frames.get(role);
  if (!view) {
    view = {
      bar: make('div', { className: 'bar' }),
      text: make('span', { textContent: 'The video is not here yet.' }),
    };
    view.place = make('div', { className: 'empty', textContent: 'waiting for the video' });
    view.figure = make(
      'figure',
      {},
      view.place,
      make('figcaption', {}, `A viewer on ${name}`, view.bar, view.text),
    );
    frames.set(role, view);
    document.querySelector('#frames').append(view.figure);
  }
  if (!video || view.frame) return;
  view.frame = make('iframe', {
    src: `${url}/videos/embed/${video.uuid}`,
    title: `${video.name}, on ${name}`,
    allow: 'autoplay; fullscreen',
  });
  view.place.replaceWith(view.frame);
  view.text.textContent = 'Press play.';
}

addEventListener('message', ({ data, source }) => {
  const view = [...frames.values()].find(({ frame }) => frame?.contentWindow === source);
  if (!view || data?.type !== 'vidiverse-figures') return;
  const { transfer, peers, paused, currentTime } = data;
  const parts = Object.entries(transfer.seeds).map(([host, bytes]) => [roles.get(host) ?? host, bytes]);
  parts.push(['peers', transfer.peers]);
  const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  view.bar.replaceChildren(
    ...parts.map(([role, bytes]) => {
      const part = make('span', { className: role === 'peers' ? 'peers' : '' });
      part.dataset.role = role;
      part.style.width = `${all ? (bytes / all) * 100 : 0}%`;
      return part;
    }),
  );
  const shares = parts.map(([role, bytes]) => `${role} ${size(bytes)}`).join(', ');
  view.text.textContent = `${paused ? 'paused' : 'plays'} at ${currentTime.toFixed(0)} s; ${peers} peers; from ${shares}; given to peers ${size(transfer.uploaded)}`;
  Object.assign(view.figure.dataset, { peers, time: currentTime, paused });
});

new EventSource('/events').onmessage = ({ data }) => {
  const { at, instance, role, title, json } = JSON.parse(data);
  const item = make(
    'li',
    {},
    make('small', { textContent: `${new Date(at).toLocaleTimeString()} · ${instance}` }),
    make('div', { textContent: title }),
  );
  item.dataset.role = role;
  if (json)
    item.append(
      make(
        'details',
        {},
        make('summary', { textContent: 'JSON' }),
        make('pre', { textContent: JSON.stringify(json, null, 2) }),
      ),
    );
  document.querySelector('#events').prepend(item);
};

const look = async () => {
  const instances = await fetch('/state')
    .then((answer) => answer.json())
    .catch(() => []);
  draw(instances);
  setTimeout(look, 1000);
};
await look();
