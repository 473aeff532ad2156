package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Movers prints who moved within a period, and who was pushed.
func Movers(to io.Writer, m *callrankv1.Movers) error {
	p := &printer{to: plain{to}}
	p.printf("From %s to %s: %d moved, %d were pushed by others.\n", m.GetFrom(), m.GetTo(), m.GetMovedCount(), m.GetPushedCount())
	if len(m.GetMoved()) > 0 {
		p.title("Moved")
		t := newTable(p.to, "Company", "", "Score", "from", "to", "Rank", "from", "to", "changes", "last because")
		t.SetColumnConfigs(append(right(3, 4, 5, 6, 7, 8, 9), table.ColumnConfig{Number: 10, WidthMax: widest}))
		for _, mover := range m.GetMoved() {
			t.AppendRow(table.Row{
				mover.GetTicker(), text.Trim(mover.GetCompany(), 32),
				fmt.Sprintf("%+.1f", mover.GetScoreAfter()-mover.GetScoreBefore()), scoreOf(mover.ScoreBefore), scoreOf(mover.ScoreAfter),
				climb(mover), rankOf(mover.RankBefore), rankOf(mover.RankAfter),
				mover.GetChanges(), mover.GetWhy(),
			})
		}
		t.Render()
	}
	if len(m.GetPushed()) > 0 {
		p.title("Pushed by others, themselves unchanged")
		t := newTable(p.to, "Company", "", "Score", "Rank", "from", "to")
		t.SetColumnConfigs(right(3, 4, 5, 6))
		for _, mover := range m.GetPushed() {
			t.AppendRow(table.Row{
				mover.GetTicker(), text.Trim(mover.GetCompany(), 32), scoreOf(mover.ScoreAfter),
				climb(mover), rankOf(mover.RankBefore), rankOf(mover.RankAfter),
			})
		}
		t.Render()
	}
	return p.err
}

func scoreOf(score *float64) string {
	return Maybe(score, func(v float64) string { return fmt.Sprintf("%.1f", v) })
}

func rankOf(rank *uint32) string {
	if rank == nil {
		return Dash
	}
	return fmt.Sprintf("#%d", *rank)
}

// climb is by how many ranks a company moved, up or down.
func climb(m *callrankv1.Mover) string {
	switch {
	case m.RankBefore == nil:
		return "new"
	case m.RankAfter == nil:
		return "left"
	}
	by := int(m.GetRankBefore()) - int(m.GetRankAfter())
	if by == 0 {
		return Dash
	}
	return fmt.Sprintf("%+d", by)
}

// pushed names the companies that a change pushed without their having changed.
func pushed(change *callrankv1.RankingChange) string {
	var parts []string
	if down := change.GetPushedDown(); len(down) > 0 {
		parts = append(parts, "past "+strings.Join(down, ", "))
	}
	if up := change.GetPushedUp(); len(up) > 0 {
		parts = append(parts, "passed by "+strings.Join(up, ", "))
	}
	return strings.Join(parts, "; ")
}
