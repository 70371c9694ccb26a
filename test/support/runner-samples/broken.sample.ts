// @ts-expect-error: that there is no such module is what it is for.
import './nothing-here.js';
