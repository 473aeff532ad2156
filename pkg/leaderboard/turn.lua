-- Has a ranking announce its changes by a promotion, or by none, unless it was
-- told so by a later promotion.
--
-- KEYS: 1 epoch
-- ARGV: 1 number of the promotion, 2 its batch, or empty
-- Returns 1, or 0 when it was not done.
if not redis.call('HGET', KEYS[1], 'id') then
  return 0
end
if tonumber(redis.call('HGET', KEYS[1], 'promotion') or '0') > tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'promotion', ARGV[1], 'announcing', ARGV[2])
return 1
