export { default as access } from './access.json';
export { default as catalog } from './catalog.json';
export { default as common } from './common.json';
export { default as errors } from './errors.json';
export { default as jobs } from './jobs.json';
export { default as sql } from './sql.json';
