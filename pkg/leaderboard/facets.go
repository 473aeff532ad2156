package leaderboard

import (
	"errors"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// facets are what a row is sorted and narrowed down by. They are read without
// decoding the rest, which is most of a row: of a hundred thousand rows the
// few that are shown are decoded.
type facets struct {
	ticker, sector, callDate string
	score, outOf, marketCap  float64
	rank                     uint32
	row                      []byte
}

// The numbers of the fields that are read.
var (
	fieldTicker    = numberOf(&callrankv1.RankingEntry{}, "ticker")
	fieldSector    = numberOf(&callrankv1.RankingEntry{}, "sector")
	fieldScore     = numberOf(&callrankv1.RankingEntry{}, "score")
	fieldOutOf     = numberOf(&callrankv1.RankingEntry{}, "out_of")
	fieldMarketCap = numberOf(&callrankv1.RankingEntry{}, "market_cap")
	fieldCall      = numberOf(&callrankv1.RankingEntry{}, "call")
	fieldCallDate  = numberOf(&callrankv1.Call{}, "call_date")
)

// numberOf is the number of a field of a message, which has to have it.
func numberOf(m proto.Message, field protoreflect.Name) protowire.Number {
	return m.ProtoReflect().Descriptor().Fields().ByName(field).Number()
}

var errRow = errors.New("it is no row of a ranking")

// facetsOf reads the facets of an encoded RankingEntry.
func facetsOf(row []byte) (facets, error) {
	f := facets{row: row}
	err := fields(row, func(field protowire.Number, number float64, bytes []byte) error {
		switch field { //nolint:exhaustive // The library's own numbers are limits, not fields.
		case fieldTicker:
			f.ticker = string(bytes)
		case fieldSector:
			f.sector = string(bytes)
		case fieldScore:
			f.score = number
		case fieldOutOf:
			f.outOf = number
		case fieldMarketCap:
			f.marketCap = number
		case fieldCall:
			return fields(bytes, func(field protowire.Number, _ float64, bytes []byte) error {
				if field == fieldCallDate {
					f.callDate = string(bytes)
				}
				return nil
			})
		}
		return nil
	})
	return f, err
}

// fields calls visit for each field of a message that is a double or bytes.
func fields(message []byte, visit func(field protowire.Number, number float64, bytes []byte) error) error {
	for len(message) > 0 {
		field, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return errRow
		}
		message = message[n:]
		n = protowire.ConsumeFieldValue(field, kind, message)
		if n < 0 {
			return errRow
		}
		var number float64
		var bytes []byte
		switch kind { //nolint:exhaustive // Fields of the other kinds are not read.
		case protowire.Fixed64Type:
			bits, _ := protowire.ConsumeFixed64(message)
			number = math.Float64frombits(bits)
		case protowire.BytesType:
			bytes, _ = protowire.ConsumeBytes(message)
		}
		if err := visit(field, number, bytes); err != nil {
			return err
		}
		message = message[n:]
	}
	return nil
}
