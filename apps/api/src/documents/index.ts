export { describeApi, publishDocuments } from './documents';
