package tickets

import "slices"

// Kind says what a request is, and so by which rules it is handled.
type Kind string

// The kinds.
const (
	KindQuestion  Kind = "question"
	KindProblem   Kind = "problem"
	KindComplaint Kind = "complaint"
	KindDispute   Kind = "dispute" // a complaint about a transaction that the first stage did not resolve
	KindFeedback  Kind = "feedback"
	KindData      Kind = "data-request" // access, copy or erasure of personal data
	KindPrivacy   Kind = "privacy-complaint"
	KindSafety    Kind = "safety" // someone may be in distress
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{
		KindQuestion, KindProblem, KindComplaint, KindDispute, KindFeedback, KindData, KindPrivacy, KindSafety,
	}
}

// Valid reports whether k is one of [Kinds].
func (k Kind) Valid() bool { return slices.Contains(Kinds(), k) }

// Procedure reports whether requests of this kind go through the stages, from receipt to
// a decision with reasons. The others are a conversation that has a [Status] only.
func (k Kind) Procedure() bool {
	switch k {
	case KindComplaint, KindDispute, KindData, KindPrivacy:
		return true
	}
	return false
}

// Nature is what a complaint is about: what we did, or a transaction. The players'
// regulators keep the two apart (domain M1, U2).
type Nature string

// The natures. A case that nobody has assessed has none.
const (
	NatureConduct     Nature = "conduct"
	NatureTransaction Nature = "transaction"
)

// Valid reports whether n is one of the natures.
func (n Nature) Valid() bool { return n == NatureConduct || n == NatureTransaction }

// Channel is the way by which a request reached us.
type Channel string

// The channels.
const (
	ChannelForm  Channel = "form"
	ChannelChat  Channel = "chat"
	ChannelEmail Channel = "email"
	ChannelPhone Channel = "phone" // an agent writes down a call
	ChannelPost  Channel = "post"
	ChannelAPI   Channel = "api"
)

// Channels returns every channel.
func Channels() []Channel {
	return []Channel{ChannelForm, ChannelChat, ChannelEmail, ChannelPhone, ChannelPost, ChannelAPI}
}

// Valid reports whether c is one of [Channels].
func (c Channel) Valid() bool { return slices.Contains(Channels(), c) }
