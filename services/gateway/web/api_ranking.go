package web

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/callrank/callrank/pkg/client"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostPasts bounds how many requests read the past at once: each reads a part
// of the stream of changes.
const mostPasts = 4

type rankingRequest struct {
	Limit        int     `default:"50" doc:"How many companies" maximum:"500" minimum:"1" query:"limit"`
	Offset       int     `default:"0" doc:"How many companies to pass over" minimum:"0" query:"offset"`
	Sector       string  `doc:"Only companies of this sector" maxLength:"64" query:"sector"`
	Size         string  `doc:"Only companies of this size, by market value: small below $2B, mid below $10B, large below $200B, mega" enum:"small,mid,large,mega" query:"size"`
	MinMarketCap float64 `doc:"Only companies worth so many US dollars or more" minimum:"0" query:"min_market_cap"`
	MaxMarketCap float64 `doc:"Only companies worth less US dollars" minimum:"0" query:"max_market_cap"`
	MinCoverage  float64 `doc:"Only companies whose score is out of so many points or more" maximum:"100" minimum:"0" query:"min_coverage"`
	CurrentOnly  bool    `doc:"Leave out companies whose latest call is old" query:"current_only"`
	AsOf         string  `doc:"As it stood: a date, which stands for its end in UTC, or RFC 3339" maxLength:"40" query:"as_of"`
	Basis        string  `default:"announced" doc:"With as_of: by what had been announced by then, or by the calls that had been held" enum:"announced,calls" query:"basis"`
}

// query is what of the ranking is asked for.
func (in *rankingRequest) query(current string) (client.Query, error) {
	q := client.Query{
		Offset: in.Offset, Limit: in.Limit, Sector: in.Sector, MinCoverage: in.MinCoverage,
		Current: current, CurrentOnly: in.CurrentOnly,
	}
	if err := q.OfSize(in.Size); err != nil {
		return q, huma.Error400BadRequest(err.Error())
	}
	if in.MinMarketCap > 0 {
		q.MinMarketCap = max(q.MinMarketCap, in.MinMarketCap)
	}
	if in.MaxMarketCap > 0 && (q.MaxMarketCap == 0 || in.MaxMarketCap < q.MaxMarketCap) {
		q.MaxMarketCap = in.MaxMarketCap
	}
	return q, nil
}

type rankingResponse struct {
	Body *callrankv1.Ranking
}

func (s *Server) getRanking(ctx context.Context, in *rankingRequest) (*rankingResponse, error) {
	q, err := in.query(s.current())
	if err != nil {
		return nil, err
	}
	if in.AsOf != "" {
		return s.rankingAsOf(ctx, in, q)
	}
	ranking, err := s.reader.Find(ctx, q)
	if err != nil {
		return nil, s.problem(err)
	}
	return &rankingResponse{ranking}, nil
}

// rankingAsOf reads the ranking as it stood.
func (s *Server) rankingAsOf(ctx context.Context, in *rankingRequest, q client.Query) (*rankingResponse, error) {
	at, err := client.ParseMoment(in.AsOf)
	if err != nil {
		return nil, huma.Error400BadRequest("as_of " + err.Error())
	}
	// What was old then is told by that day.
	q.Current = s.settings.Age.Before(at)
	leave, err := s.enterPast()
	if err != nil {
		return nil, err
	}
	defer leave()
	ranking, err := s.reader.AsOf(ctx, at, in.Basis, q)
	if err != nil {
		return nil, s.problem(err)
	}
	return &rankingResponse{ranking}, nil
}

type moversRequest struct {
	Period string `default:"30d" doc:"How far back: 30d, 2w, 12h" maxLength:"16" query:"period"`
	From   string `doc:"Begin after this instead: a date, which stands for its end in UTC, or RFC 3339" maxLength:"40" query:"from"`
	To     string `doc:"End with this: a date, which stands for its end in UTC, or RFC 3339; now unless given" maxLength:"40" query:"to"`
	Limit  int    `default:"50" doc:"How many companies of each kind" maximum:"500" minimum:"1" query:"limit"`
}

// bounds are the two ends of the period.
func (in *moversRequest) bounds(now time.Time) (from, to time.Time, err error) {
	to = now
	if in.To != "" {
		if to, err = client.ParseMoment(in.To); err != nil {
			return from, to, huma.Error400BadRequest("to " + err.Error())
		}
	}
	if in.From != "" {
		if from, err = client.ParseMoment(in.From); err != nil {
			return from, to, huma.Error400BadRequest("from " + err.Error())
		}
	} else {
		period, err := client.ParsePeriod(in.Period)
		if err != nil {
			return from, to, huma.Error400BadRequest("period " + err.Error())
		}
		from = to.Add(-period)
	}
	if !from.Before(to) {
		return from, to, huma.Error400BadRequest("the period ends before it begins")
	}
	return from, to, nil
}

type moversResponse struct {
	Body *callrankv1.Movers
}

func (s *Server) getMovers(ctx context.Context, in *moversRequest) (*moversResponse, error) {
	from, to, err := in.bounds(time.Now())
	if err != nil {
		return nil, err
	}
	leave, err := s.enterPast()
	if err != nil {
		return nil, err
	}
	defer leave()
	movers, err := s.reader.Movers(ctx, from, to, in.Limit)
	if err != nil {
		return nil, s.problem(err)
	}
	return &moversResponse{movers}, nil
}

// enterPast lets a request read the past, and returns how it says that it is
// through.
func (s *Server) enterPast() (leave func(), err error) {
	select {
	case s.pasts <- struct{}{}:
		return func() { <-s.pasts }, nil
	default:
		return nil, huma.Error429TooManyRequests("too many read the past at once, try again")
	}
}

// current is the day from which on a call is current.
func (s *Server) current() string { return s.settings.Age.Current(time.Now()) }
