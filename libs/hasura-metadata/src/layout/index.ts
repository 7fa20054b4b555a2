export { readLayout, readMetadataFolder, type ReadFile } from './read';
export { writeLayout, writeMetadataFolder } from './write';
