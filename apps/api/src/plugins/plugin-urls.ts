/** Where a file of a plugin's package is served: its version is in it, so that it never changes. `file`: within the package. */
export const pluginFileUrl = (name: string, version: string, file: string): string =>
  `/plugins/${name}/${version}/${file}`;
