-- Takes an announced change out of a company's outbox and notes its place in
-- the stream, unless another announcer has done so.
--
-- KEYS: 1 company, 2 outbox
-- ARGV: 1 version of the change, 2 its place in the stream
local head = redis.call('LINDEX', KEYS[2], 0)
if head and string.match(head, '^(%d+) ') == ARGV[1] then
  redis.call('LPOP', KEYS[2])
end
local last = tonumber(redis.call('HGET', KEYS[1], 'announced') or '0')
if tonumber(ARGV[2]) > last then
  redis.call('HSET', KEYS[1], 'announced', ARGV[2])
end
return 1
