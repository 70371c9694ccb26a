import {
  type ComponentPublicInstance,
  computed,
  defineComponent,
  h,
  nextTick,
  type PropType,
  ref,
  watch,
} from '/client/vue.js';
import { usePluginHost, type WebPlayer, type WebVideoDetails } from '/client/host.js';
import { chapterAt, chaptersOf } from './chapters.js';
import { TEXTS } from './texts.js';

const STEPS: Record<string, (index: number, last: number) => number> = {
  ArrowLeft: (index) => Math.max(0, index - 1),
  ArrowRight: (index, last) => Math.min(last, index + 1),
  Home: () => 0,
  End: (_index, last) => last,
};

/** The chapters of the video in a row. Tab comes to one of them, arrows go to the others; Enter and a click jump. */
export const ChapterList = defineComponent({
  props: {
    video: { type: Object as PropType<WebVideoDetails>, required: true },
    player: { type: Object as PropType<WebPlayer>, required: true },
  },
  setup(props) {
    const host = usePluginHost();
    const t = host.texts(TEXTS);
    const chapters = computed(() => chaptersOf(props.video));
    const current = computed(() => chapterAt(chapters.value, props.player.state.currentTime));
    const list = ref<HTMLElement | null>(null);
    /** Of the chapter that has the focus. */
    const focused = ref<number | null>(null);
    const buttons: HTMLElement[] = [];

    /** With a mouse: fingers leave it hovered when they are gone. */
    const isPointedAt = () => matchMedia('(hover: hover)').matches && list.value?.matches(':hover');
    const isElsewhere = () => focused.value !== null && focused.value !== current.value;

    /** Moves the row alone: the page stays where its reader is, and so does the row under a pointer or of who is in it. */
    async function showCurrent(): Promise<void> {
      await nextTick();
      const button = buttons[current.value];
      if (!list.value || !button || isElsewhere() || isPointedAt()) return;
      list.value.scrollTo({ left: button.offsetLeft - (list.value.clientWidth - button.offsetWidth) / 2 });
    }
    watch([current, chapters, list], showCurrent);

    function onKey(event: KeyboardEvent, index: number): void {
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      // Otherwise these keys would wind the video.
      event.preventDefault();
      buttons[step(index, chapters.value.length - 1)]?.focus();
    }

    const chapter = (start: number, title: string, index: number) =>
      h('li', { key: index }, [
        h(
          'button',
          {
            ref: (button: Element | ComponentPublicInstance | null) =>
              void (buttons[index] = button as HTMLElement),
            type: 'button',
            class: 'chapters__one',
            title,
            tabindex: index === (focused.value ?? current.value) ? 0 : -1,
            'aria-current': index === current.value ? 'true' : undefined,
            onClick: () => props.player.seek(start),
            onFocus: () => (focused.value = index),
            onKeydown: (event: KeyboardEvent) => onKey(event, index),
          },
          [
            h('span', { class: 'chapters__time' }, host.format.duration(start)),
            ' ',
            // Whoever wrote it did so in a language of their own.
            h('span', { class: 'chapters__title', dir: 'auto', lang: '' }, title),
          ],
        ),
      ]);

    return () =>
      chapters.value.length === 0
        ? null
        : h('section', { class: 'chapters', lang: host.language, 'aria-label': t('chapters') }, [
            h('h2', { class: 'chapters__heading' }, t('chapters')),
            h(
              'ol',
              { ref: list, class: 'chapters__list', onFocusout: () => (focused.value = null) },
              chapters.value.map(({ start, title }, index) => chapter(start, title, index)),
            ),
          ]);
  },
});
