export { fillTemplate, KritiFault, renderFault, type Scope, type TemplateFunction } from './kriti';
export {
  requestTransform,
  TransformFault,
  transformRequest,
  type RequestTransform,
  type WebhookRequest,
} from './request';
