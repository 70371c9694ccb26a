import { shallowRef, watch } from 'vue';
import { useApi } from '../api';
import type { Rating, VideoDetails } from '../api/types';
import { useSession } from '../stores/session';
import { useAction } from './useAction';
import { useLogin } from './useLogin';

interface Rates {
  mine: Rating;
  likes: number;
  dislikes: number;
}

/** Likes and dislikes of a video. A click is shown at once and taken back when the server does not take it. */
export function useRating(video: () => VideoDetails) {
  const api = useApi();
  const session = useSession();
  const { ensure } = useLogin();
  const { busy, run } = useAction();
  const rates = shallowRef<Rates>({ mine: 'none', likes: 0, dislikes: 0 });

  watch(
    () => [video().uuid, session.isLoggedIn] as const,
    async ([uuid, isLoggedIn]) => {
      const { likes, dislikes } = video();
      rates.value = { mine: 'none', likes, dislikes };
      if (!isLoggedIn) return;
      // Without an answer the buttons look untouched, and work.
      const mine = await api.rates.mine(uuid).catch(() => null);
      if (mine && uuid === video().uuid && !busy.value) rates.value = { ...rates.value, mine: mine.rating };
    },
    { immediate: true },
  );

  /** Gives the rating, or takes it back when it is given already. */
  async function toggle(wanted: 'like' | 'dislike'): Promise<void> {
    if (busy.value || !ensure()) return;
    const before = rates.value;
    const { uuid } = video();
    const rating = before.mine === wanted ? 'none' : wanted;
    rates.value = rated(before, rating);
    const done = await run('Your rating could not be saved.', () => api.rates.rate(uuid, rating));
    if (!done && uuid === video().uuid) rates.value = before;
  }

  return { rates, toggle };
}

function rated({ mine, likes, dislikes }: Rates, rating: Rating): Rates {
  const change = (of: Rating) => Number(rating === of) - Number(mine === of);
  return { mine: rating, likes: likes + change('like'), dislikes: dislikes + change('dislike') };
}
