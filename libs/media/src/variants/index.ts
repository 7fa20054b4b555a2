export { processMedia, type ProcessMedia } from './process-media';
export { VariantMaker } from './variant-maker';
