import { requestTransform, TransformFault, transformRequest, type WebhookRequest } from './index';

const request: WebhookRequest = {
  url: 'http://localhost:1234',
  method: 'GET',
  headers: [['Content-Type', 'application/json']],
  body: { hello: 'world' },
};
const session = { 'X-Hasura-User-Id': '7' };
const transformed = (transform: object) =>
  transformRequest(request, requestTransform(transform, []), session);

describe('requests to webhooks', () => {
  it('stay as they are where nothing is said', () => {
    expect(transformed({})).toEqual({
      url: 'http://localhost:1234/',
      method: 'GET',
      headers: [['content-type', 'application/json']],
      body: { hello: 'world' },
    });
  });

  it('take method, address, query and headers', () => {
    const transform = {
      method: 'post',
      url: '{{$base_url}}/to/{{ $body.hello }}',
      query_params: { 'a b': '{{ getSessionVariable("x-hasura-user-id") }}&', gone: null },
      request_headers: {
        add_headers: { 'X-User': "{{ $session_variables['x-hasura-user-id'] }}" },
        remove_headers: ['CONTENT-TYPE'],
      },
    };
    expect(transformed(transform)).toMatchObject({
      method: 'POST',
      url: 'http://localhost:1234/to/world?a%20b=7%26&gone=',
      headers: [['x-user', '7']],
    });
  });

  it('take a query as one text', () => {
    expect(transformed({ query_params: 'q={{ $body.hello }}' }).url).toBe('http://localhost:1234/?q=world');
  });

  it.each([
    ['a template, the old way', '{"v": {{ $body.hello }}}', { v: 'world' }],
    ['a template', { action: 'transform', template: '"{{ $body.hello }}"' }, 'world'],
    ['nothing', { action: 'remove' }, ''],
    [
      'a form',
      { action: 'x_www_form_urlencoded', form_template: { a: '{{ $body.hello }} & co' } },
      'a=world%20%26%20co',
    ],
  ])('take %s as body', (_, body, expected) => {
    expect(transformed({ version: 2, body }).body).toEqual(expected);
  });

  it('say everything that is wrong at once', () => {
    const wrong = () => transformed({ url: '{{ $nope }}', body: '{{ getSessionVariable("none") }}' });
    expect(wrong).toThrow(TransformFault);
    try {
      wrong();
    } catch (fault) {
      expect(fault).toMatchObject({
        message: 'request transform validation failed',
        faults: [
          { error_code: 'Name Error' },
          { error_code: 'Function Error', message: 'Session variable "none" not found' },
        ],
      });
    }
  });
});
