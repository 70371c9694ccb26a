import { defineComponent, h, type PropType } from '/client/vue.js';
import {
  type SlotProps,
  usePluginHost,
  type WebMenuEntry,
  type WebPlayer,
  type WebVideoDetails,
} from '/client/host.js';
import { type Chapter, chaptersOf, nextStart, previousStart } from './chapters.js';
import { TEXTS } from './texts.js';

type FindStart = (chapters: readonly Chapter[], time: number) => number | null;

/** An entry that jumps to where `find` says, and is there while it says something. */
function entry(text: 'previous' | 'next', find: FindStart): WebMenuEntry {
  const target = ({ video, player }: SlotProps['player.menu']) =>
    find(chaptersOf(video), player.state.currentTime);
  return {
    isShown: (props) => target(props) !== null,
    component: defineComponent({
      props: {
        video: { type: Object as PropType<WebVideoDetails>, required: true },
        player: { type: Object as PropType<WebPlayer>, required: true },
      },
      setup(props) {
        const host = usePluginHost();
        const t = host.texts(TEXTS);
        function jump(): void {
          const start = target(props);
          if (start !== null) props.player.seek(start);
        }
        return () => h('button', { type: 'button', lang: host.language, onClick: jump }, t(text));
      },
    }),
  };
}

export const menuEntries = [entry('previous', previousStart), entry('next', nextStart)];
