import { type MaybeRefOrGetter, toValue, watchEffect } from 'vue';
import { useSite } from '../stores/site';

/** Sets the document's title to `title - site`; an empty title leaves the site's name alone. */
export function usePageTitle(title: MaybeRefOrGetter<string>): void {
  const site = useSite();
  watchEffect(() => {
    const text = toValue(title);
    document.title = text ? `${text} - ${site.name}` : site.name;
  });
}
