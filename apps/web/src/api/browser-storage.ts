/** The storage that a browser keeps, or one for this page only where it keeps none: in frames on other sites, by strict settings. */
export function browserStorage(browser: Pick<Window, 'localStorage'>): Storage {
  try {
    return browser.localStorage;
  } catch {
    return new PageStorage();
  }
}

class PageStorage implements Storage {
  private readonly items = new Map<string, string>();
  [name: string]: unknown;

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  clear(): void {
    this.items.clear();
  }
}
