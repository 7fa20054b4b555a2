export { MetadataApi, type MetadataApiSetting, type Served } from './api';
