package transcript_test

import "strings"

// Texts that are no transcripts of calls, all of them invented.

const releaseWithQuestions = `Halyard Cloud Systems Reports Fourth Quarter 2025 Results

PORTLAND, Ore., Feb. 5, 2026 -- Halyard Cloud Systems, Inc. (Nasdaq: HLYD) today announced financial results for its fourth quarter ended December 31, 2025.

Revenue was $182 million, up 19% from the fourth quarter of 2024. Gross margin was 71%. The Company's guidance for the first quarter of 2026 is revenue between $185 million and $189 million.

Questions and Answers

Q: What drove revenue in the quarter?
A: Storage agents went from pilots to production. More than 400 customers now run them.

Q: What does the Company expect of gross margin?
A: The Company expects gross margin to stay near 71% for the year.

Q: Where can I hear more?
A: The Company will host a conference call today at 5:00 p.m. Eastern time. Please dial in ten minutes early. A replay will be available on the investor relations website.

About Halyard

Halyard makes storage for companies that would rather not think about storage.
`

const newsArticle = `Halyard shares jump as storage agents pay off

Feb 5 (Example News) - Halyard Cloud Systems on Thursday forecast first-quarter revenue above what analysts had expected, as customers moved its storage agents from pilots to production, and its shares rose 9% in extended trading.

"We are spending with care," Chief Executive Tobias Lindqvist said on a conference call with analysts. "I would rather be late than loud."

The company expects revenue between $185 million and $189 million in the quarter that ends in March, against estimates of $181 million.

Finance chief Grace Amadi said on the earnings call that about 260 customers pay for the agents by the ticket. The others have them in a bundle until June, she said.

"We do not think that the price holds," said Peter Vantongeren, an analyst at Northgate Securities, in a note after the call. He asked on the call how many customers pay.

Revenue rose 19% to $182 million in the fourth quarter. The gross margin was 71%.

(Reporting by Ines Moreau; editing by Carl Oduya)
`

const podcast = `Ines Moreau: Welcome back to Small Lamps, the show about people who make things. I'm Ines Moreau, and my guest today is Tobias Lindqvist, who has made lamps since he was nine. Tobias, thank you for joining me.

Tobias Lindqvist: Thank you for having me. I have listened to the show for years, mostly on trains.

Ines Moreau: Good morning to you, then, wherever you are. Tell me how you began. What was the first lamp like?

Tobias Lindqvist: It was a jar with a bulb in it, and it burned my hand. I still have the mark. My mother sold it to a neighbour, and then I knew that I would make another.

Ines Moreau: My next question comes from a listener in Cork. She asks whether you ever think of stopping.

Tobias Lindqvist: Every winter. But then somebody writes that the lamp I made for her father still works, and I go down to the workshop again and turn it on.

Ines Moreau: Thank you for your time, Tobias. That was Small Lamps. Have a good day, and write to us.
`

const businessPodcast = `Host: Welcome to Founders at Lunch. Today I have Grace Amadi with me, who looks after the money at a company that makes storage. Grace, good afternoon, and thank you for joining us.

Grace Amadi: Good afternoon, and thanks for having me.

Host: How does one become a finance chief? Did you plan it?

Grace Amadi: Not at all. I studied birds. Then I counted them for a government, and from counting birds to counting money is a short way.

Host: And what do you tell young people who ask about revenue and margin, when they should be asking about people?

Grace Amadi: That margin is people. If they stay, the margin stays. I have seen it at three companies.

Host: Let me ask about fear. What keeps you up at night?

Grace Amadi: My daughter, who is two. After her, the cloud bill.

Host: Thank you so much, Grace. Next week we have a man who grows mushrooms under a bank.
`

const deposition = `IN THE DISTRICT COURT OF EXAMPLE COUNTY

DEPOSITION OF TOBIAS LINDQVIST

MR. HARGREAVE: Good morning. Would you state your name for the record?

THE WITNESS: Tobias Lindqvist.

MR. HARGREAVE: And you were the chief executive officer of Halyard in the fourth quarter of 2024?

THE WITNESS: I was.

MR. HARGREAVE: Did you at any time see a forecast of revenue that was lower than the one you gave to investors on your earnings call?

MS. OKONJO: Objection. Form.

THE WITNESS: I do not remember such a forecast.

MR. HARGREAVE: I show you what has been marked as Exhibit 7. Do you know this document?

THE WITNESS: It looks like a mail from our finance department. I do not think that I read it then.

MR. HARGREAVE: My next question is whether you read it later.

MS. OKONJO: Objection. Asked and answered. We have been going for an hour. Can we take a break?

MR. HARGREAVE: We can. Thank you. Off the record.

THE REPORTER: The time is 11:42 a.m. We are off the record.
`

const chatLog = `anna: good morning all, is the build green again?
boris: no, it broke on the cache test
anna: ok who looks at it
carla: i can, after the standup
boris: thanks! first question for the standup: do we ship on friday
anna: depends on the cache test
dmitri: hi everyone, sorry i am late, the train stood in a field for an hour
anna: good morning dmitri, no worries
carla: found it, the clock in the test is a day off, easy to mend
boris: great, then we ship on friday and go for a walk
dmitri: i bring the bread
anna: next question is who brings the butter
carla: not me, i am mending a clock
boris: then me. see you at ten
anna: thank you all, see you at ten
`

const searchResults = `halyard earnings call transcript - Example Search

About 12,400 results (0.41 seconds)

Halyard Cloud Systems (HLYD) Q4 2025 Earnings Call Transcript
https://www.example.com/calls/hlyd-q4-2025
Feb 5, 2026 · Operator: Good afternoon, and welcome to the Halyard Cloud Systems fourth quarter 2025 earnings call ...

Halyard Cloud Systems Q3 2025 Earnings Call Transcript | Example Fool
https://www.example.org/hlyd-q3-2025-earnings-call
Nov 6, 2025 · Image source: Example. Tobias Lindqvist -- Chief Executive Officer. Thanks, Mira ...

Halyard Cloud Systems: storage with a conscience? - Example Alpha
https://www.example.net/article/halyard-storage
Jan 12, 2026 · We like the margin, we do not like the price. Halyard trades at nine times revenue ...

People also ask
When does Halyard report earnings?
Who is the CEO of Halyard?

Related searches
hlyd stock price
halyard guidance 2026
halyard investor relations

1 2 3 4 5 6 7 8 9 10 Next
`

const emptyFoolPage = `Halyard Cloud Systems, Inc. (HLYD) Q4 2025 Earnings Call Transcript

HLYD earnings call for the period ending December 31, 2025.

Image source: The Motley Fool.

DATE

Thursday, Feb. 5, 2026 at 5 p.m. ET

CALL PARTICIPANTS

Need a quote from a Motley Fool analyst? Email [email protected]

TAKEAWAYS

SUMMARY

Full Conference Call Transcript

Read Next

This article is a transcript of this conference call produced for The Motley Fool. While we strive for our Foolish Best, there may be errors, omissions, or inaccuracies in this transcript. As with all our articles, The Motley Fool does not assume any responsibility for your use of this content, and we strongly encourage you to do your own research, including listening to the call yourself and reading the company's SEC filings.

Stocks Mentioned
`

const notYet = `Halyard Cloud Systems, Inc. (HLYD) Q4 2025 Earnings Call Transcript

The transcript of this earnings call is not available yet. We publish transcripts within a few hours after a call has ended. Please come back later, or sign up for an alert and we will write to you as soon as it is there.

The earnings call took place on February 5, 2026 at 5:00 p.m. Eastern time. A webcast of the conference call is available on the investor relations website of the company.

Other transcripts of Halyard: Q3 2025, Q2 2025, Q1 2025, Q4 2024.
`

const paywalled = `Halyard Cloud Systems, Inc. (HLYD) Q4 2025 Earnings Call February 5, 2026 5:00 PM EST

Company Participants

Mira Okafor - Vice President of Investor Relations
Tobias Lindqvist - Chief Executive Officer
Grace W. Amadi - Chief Financial Officer

Conference Call Participants

Peter Vantongeren - Northgate Securities
Lucia Ferrante - Alder & Pine

Presentation

Operator

Good afternoon, and welcome to the Halyard Cloud Systems fourth quarter 2025 earnings call. All lines have been placed on mute. I would now like to turn the call over to Mira Okafor.

Create a free account to read on. Already have an account? Log in. Members read every transcript, have the audio beside it, and see what other members think of it. Cancel at any time.
`

const questionsOften = `Frequently asked questions for shareholders

Q: When does the company's fiscal year end?
A: Our fiscal year ends on December 31.

Q: Where is the stock listed?
A: It is listed on Nasdaq under the symbol HLYD.

Q: Does the company pay a dividend?
A: It does not, and it does not expect to pay one.

Q: How can I listen to the earnings call?
A: The conference call is webcast on our investor relations website each quarter, and a replay stays there for a year.

Q: Whom do I write to?
A: To Mira Okafor, who looks after investor relations, and who answers within a day.

Q: How do I change my address?
A: Write to the transfer agent, with your old address and your new one, and sign the letter.
`

const play = `ACT ONE

A kitchen. Rain.

MARTA: Good morning. You are late.

JONAS: Good evening, you mean. It is dark.

MARTA: It is always dark here. Thank you for coming all the same.

JONAS: I did not come. I was never gone. I sat in the shed and heard you count the spoons.

MARTA: There are eleven. There were always twelve.

JONAS: My first question is who would steal a spoon.

MARTA: And the next?

JONAS: Who would count them.

MARTA: Somebody has to turn it over, the hour glass, and somebody has to count. Sit down. The soup has been on since Tuesday.

JONAS: Then it will know more than we do.

They eat. The clock on the wall has no hands. Somewhere a door opens, and is not shut again.
`

const minutes = `MINUTES OF THE ANNUAL MEETING OF THE EXAMPLE ROWING CLUB

Present: 41 members. In the chair: Ada Brannigan.

The chair opened the meeting at 19:05 and welcomed everyone. She thanked the members for joining on a wet evening.

The treasurer, Boris Haldane, presented the accounts. Revenue was 41,200 euros, 3% more than in the year before. Margins on the summer feast fell since the beer was dear. There were no questions.

The chair turned to the boats. The new eight will be named in spring. A member asked whether the old one would be sold. The chair said that nobody had made an offer.

The guidance for next year is to spend less on paint.

The meeting closed at 20:40.
`

func tickers() string {
	var b strings.Builder
	for i := range 400 {
		b.WriteString(strings.ToUpper(letters(700+i*37)) + "\n")
	}
	return b.String()
}

func commaSeparated() string {
	var b strings.Builder
	b.WriteString("ticker,company,quarter,year,revenue,guidance,earnings call\n")
	for i := range 120 {
		b.WriteString(strings.ToUpper(letters(700+i*37)) + ",Example " + letters(i) + " Inc.,Q4,2025,182.1,185.0,2026-02-05\n")
	}
	return b.String()
}
