package web

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// hostile is what somebody might put into a transcript, or into a name.
const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)" style="x">`

// filled fills every field of a message, the texts with something hostile.
func filled[M proto.Message](m M) M {
	fill(m.ProtoReflect())
	return m
}

func fill(m protoreflect.Message) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		switch {
		case field.IsList() && field.Message() != nil:
			list := m.Mutable(field).List()
			fill(list.AppendMutable().Message())
		case field.IsList():
			m.Mutable(field).List().Append(scalar(field))
		case field.Message() != nil:
			fill(m.Mutable(field).Message())
		default:
			m.Set(field, scalar(field))
		}
	}
}

func scalar(field protoreflect.FieldDescriptor) protoreflect.Value {
	kinds := map[protoreflect.Kind]protoreflect.Value{
		protoreflect.StringKind: protoreflect.ValueOfString(hostile),
		protoreflect.DoubleKind: protoreflect.ValueOfFloat64(7),
		protoreflect.BoolKind:   protoreflect.ValueOfBool(true),
		protoreflect.Int32Kind:  protoreflect.ValueOfInt32(7),
		protoreflect.Uint32Kind: protoreflect.ValueOfUint32(7),
		protoreflect.Uint64Kind: protoreflect.ValueOfUint64(7),
	}
	return kinds[field.Kind()]
}

func hostilePages(t *testing.T) map[string]string {
	t.Helper()
	weights := conviction.Default()
	change := newFeedEntry(messaging.Announced{Sequence: 1, Change: filled(&callrankv1.RankingChange{})})
	ranking := newRankingView(filled(&callrankv1.Ranking{}), rankingQuery{Search: "script", Sector: hostile}, map[string]feedEntry{hostile: change}, weights)
	ranking.Feed = []feedEntry{change}
	report := filled(&callrankv1.CompanyReport{})
	report.Standing.Calls = append(report.Standing.Calls, filled(&callrankv1.CallSummary{}))
	soft := filled(&callrankv1.SizedClaim{})
	soft.Hard = false
	unsized := filled(&callrankv1.SizedClaim{})
	unsized.Hard, unsized.Amount = false, nil
	report.Latest.Grounding.Sized = append(report.Latest.Grounding.Sized, soft, unsized)
	call := newCallView(filled(&callrankv1.Analysis{}), "Hello and welcome to the call. "+hostile)
	call.Before, call.After = filled(&callrankv1.Call{}), filled(&callrankv1.Call{})
	return map[string]string{
		pageRanking:     rendered(t, pageRanking, ranking),
		pageCompany:     rendered(t, pageCompany, newCompanyView(report, filled(&callrankv1.Analysis{}), weights)),
		pageCall:        rendered(t, pageCall, call),
		pageMethodology: rendered(t, pageMethodology, newMethodologyView(hostileWeights())),
		pageProblem:     rendered(t, pageProblem, problemView{404, hostile, hostile}),
	}
}

// hostileWeights are weights from a file of somebody else.
func hostileWeights() *conviction.Weights {
	weights := conviction.Default()
	weights.Version = hostile
	return weights
}

func TestHostileTextIsShownAsTextEverywhere(t *testing.T) {
	t.Parallel()
	for name, page := range hostilePages(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, text(t, page), hostile)
			elements(t, page, func(node *html.Node) {
				require.NotContains(t, []string{"img", "iframe", "object", "embed", "style", "base"}, node.Data)
				if node.Data == "form" {
					action, _ := attribute(node, "action")
					require.Regexp(t, `^/[a-z/]*$`, action)
				}
				if node.Data == "script" {
					src, _ := attribute(node, "src")
					require.True(t, strings.HasPrefix(src, "/static/app.js?v="), "a script of its own: %q", src)
					require.Empty(t, textOf(node))
				}
				for _, a := range node.Attr {
					require.False(t, strings.HasPrefix(a.Key, "on"), "%s has %s", node.Data, a.Key)
					require.NotEqual(t, "style", a.Key)
					if a.Key == "href" || a.Key == "src" {
						require.Regexp(t, `^[/#]`, a.Val)
						require.False(t, strings.HasPrefix(a.Val, "//"), a.Val)
					}
					if a.Key == "class" {
						require.NotContains(t, a.Val, "alert")
					}
				}
			})
		})
	}
}
