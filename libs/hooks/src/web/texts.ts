/** Texts in English by key; what stands in braces is filled in: `{ jump: 'Go to {title}' }`. */
export type WebTexts = Readonly<Record<string, string>>;

/** Of `Go to {title}`: `title`. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type ValuesOf<Text extends string> = string extends Text
  ? [values?: Readonly<Record<string, string | number>>]
  : [NamesIn<Text>] extends [never]
    ? []
    : [values: Readonly<Record<NamesIn<Text>, string | number>>];

/** Says the text of a key: in the visitor's language when the plugin has it, otherwise in English. Plain text, never HTML. */
export type Translate<Texts extends WebTexts> = <Key extends keyof Texts & string>(
  key: Key,
  ...values: ValuesOf<Texts[Key]>
) => string;
