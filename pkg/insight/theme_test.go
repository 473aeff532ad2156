package insight_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
)

func TestAnotherThemeIsMeasuredWithoutAnotherEngine(t *testing.T) {
	t.Parallel()
	theme, err := lexicon.Parse([]byte(`
theme: tariffs
version: "1"
groups:
  - {name: tariff, role: name, weight: 1, terms: [tariff(s), import dut(y|ies)]}
`))
	require.NoError(t, err)
	c := newCall()
	c.chief("Tariffs weigh on us. Tariff costs were $300 million, up from $200 million a quarter ago. " +
		"The run rate of tariffs is $1 billion. Turning to people. We hired 400 engineers, who write code with AI.")
	e, q, err := insight.NewRules(theme).Analyse(c.text.String(), &c.transcript)
	require.NoError(t, err)
	require.Positive(t, e.GetEnthusiasm().GetScore())
	require.NotEmpty(t, e.GetQuotes())
	var figures []string
	for _, claim := range q.GetClaims() {
		require.Contains(t, claim.GetWhy(), "because")
		for _, f := range claim.GetFigures() {
			figures = append(figures, f.GetText())
		}
	}
	require.Contains(t, figures, "$300 million")
	require.NotContains(t, figures, "400")
}
