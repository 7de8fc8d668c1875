"""The pages a new installation begins with. Coordinators edit them in the browser; nothing here is read again."""

ABOUT = """
<p>A local child safeguarding practice review looks at a case in which a child died or was seriously harmed, and abuse or neglect is known or suspected. It asks what happened, why it happened as it did, and what should change. It does not blame people, and it does not decide how a child died or who is guilty: the courts and the coroner do that.</p>
<h3>Who carries it out</h3>
<p>Three safeguarding partners share the duty: the local authority, the integrated care board of the NHS, and the police (Children Act 2004, section 16E). They decide together, and they commission an independent reviewer.</p>
<h3>How it goes</h3>
<ol>
<li><p>An agency refers a case, or the local authority learns of it.</p></li>
<li><p>The local authority notifies the national Child Safeguarding Practice Review Panel, within 5 working days of becoming aware.</p></li>
<li><p>A rapid review gathers what each agency knows, within 15 working days.</p></li>
<li><p>The partners decide whether more can be learned. If so they begin a local review, to be published within 6 months of that decision.</p></li>
<li><p>Its recommendations become actions, and the partners look at whether they made a difference to children.</p></li>
</ol>
"""
WORKING_TOGETHER = """
<p>Working Together to Safeguard Children is the statutory guidance on how organisations work together. Its chapter on learning says how serious child safeguarding cases are notified and reviewed. This page sums it up; the guidance itself is what counts.</p>
<h3>What it asks</h3>
<ul>
<li><p><strong>Notification.</strong> The local authority notifies the national panel of a serious incident within 5 working days of becoming aware of it.</p></li>
<li><p><strong>Rapid review.</strong> The partners gather the facts, see to immediate safety, consider what can be improved, and decide what to do next. The rapid review goes to the national panel within 15 working days.</p></li>
<li><p><strong>Local review.</strong> Where the partners decide to carry one out it is completed and published as soon as possible, and no later than 6 months after that decision.</p></li>
<li><p><strong>Before publication.</strong> The national panel and the Secretary of State have the full report no later than 7 working days before it is published (SI 2018/789, regulation 16); Ofsted is sent it too.</p></li>
</ul>
<h3>What the partners must consider</h3>
<p>The regulations (SI 2018/789, regulation 11) ask whether the case highlights or may highlight improvements needed, including ones identified before; recurrent themes; or concerns about two or more agencies working together; and whether the national panel concluded that a local review may be more appropriate. Meeting one of these does not by itself require a review: the partners decide, and record why.</p>
<h3>What changed between editions</h3>
<p><strong>Working Together 2018</strong> replaced local safeguarding children boards and serious case reviews with safeguarding partners, rapid reviews and local child safeguarding practice reviews.</p>
<p><strong>Working Together 2023</strong> (in force from 15 December 2023) named lead and delegated safeguarding partners and a partnership chair in each partnership, asked for independent scrutiny, gave education a stronger voice, and asked local authorities to notify the deaths of care leavers up to and including the age of 24. The time limits for notification and review stayed as they were.</p>
<p><strong>Working Together 2026</strong> was published on 18 March 2026. This service carries the time limits of 2023 over to it and marks them as not yet checked against its chapter 5. Read the guidance itself before you rely on them.</p>
"""
SEVEN_MINUTES = """
<p>Read this in seven minutes before your first rapid review.</p>
<h3>1. Background</h3>
<p>When the local authority notifies a serious incident, a rapid review follows automatically. There is none without a notification.</p>
<h3>2. Why it matters</h3>
<p>It makes sure that children are safe now, and that what can be learned is learned fast, while people remember and before another child is harmed.</p>
<h3>3. What happens</h3>
<p>The clock starts on the day the notification is sent: that day is day 0. The partnership writes to each agency on working day 1. Agencies send what they know by working day 7. The review group meets around working day 10. The partners sign off on working days 13 and 14. The review is with the national panel by working day 15.</p>
<h3>4. What the review finds out</h3>
<p>The facts as far as they can be known now; what life was like for the child; how the key moments went and why; how racism and other inequality may have played a part; what was done well; and whether anything must be done at once.</p>
<h3>5. What you do</h3>
<p>Secure your records. Answer on time, even if your agency did not know the child: that is an answer too. Write about roles, not names. Say what happened and why, with the reasons in the system, not only what should have happened. Say what you have already changed.</p>
<h3>6. Questions to think about</h3>
<p>What did we know, and what did we do with it? What was the child telling us? What would have made it easier to do the right thing?</p>
<h3>7. What comes next</h3>
<p>The partners decide whether a local review would teach more, and send the rapid review and their decision to the national panel. You will be told.</p>
"""
REFERRING = """
<p><strong>This is not the way to report a child at risk.</strong> If a child is in danger now, call 999. Otherwise use the front door of your local authority first.</p>
<h3>Who may refer</h3>
<p>Any agency that works with children or their families may ask the partnership to consider a case. Your agency's safeguarding lead agrees the referral before it is sent.</p>
<h3>Which cases</h3>
<ul>
<li><p>A child has died or been seriously harmed, and abuse or neglect is known or suspected. Serious harm includes serious or long-term impairment of mental health, of physical health, or of intellectual, emotional, social or behavioural development. A child may have been seriously harmed even if they recover. A child who has not been born yet is a child here.</p></li>
<li><p>A child looked after by a local authority has died, whatever the cause.</p></li>
<li><p>A care leaver has died before their 25th birthday.</p></li>
<li><p>None of these, but there is something to learn.</p></li>
</ul>
<h3>How</h3>
<ol>
<li><p>Sign in to the members' area, or ask for a code by email if you refer only rarely.</p></li>
<li><p>Answer what you can. “I do not know” is an answer: never wait for a fact before you refer.</p></li>
<li><p>Your safeguarding lead approves it and it is sent. You get a reference and a copy to keep.</p></li>
<li><p>The partners decide, and you are told the outcome and the reason.</p></li>
</ol>
"""
PROCEDURES = """
<p>The partnership puts its own procedures, forms and guidance here. Until it does, ask its business unit.</p>
"""
FAMILIES = """
<p>Losing a child, or seeing a child you love harmed, is the worst thing that can happen to a family. A review is not about blaming you. It is about understanding what happened, so that other children are safer.</p>
<h3>You can take part</h3>
<ul>
<li><p>Someone from the partnership will tell you that there is a review, and how you can take part. It is your choice, and you can change your mind.</p></li>
<li><p>You can have someone with you: a friend, or an advocate who is not part of any agency.</p></li>
<li><p>You will be told before anything is published, and given time to read it.</p></li>
<li><p>If the police are investigating, they may ask us to wait before we talk to you. We will tell you if that is so.</p></li>
</ul>
<p>Nobody's name is used in a published report.</p>
"""
GLOSSARY = """
<p><strong>Care leaver:</strong> a young person who was looked after by a local authority and no longer is.</p>
<p><strong>Criteria:</strong> what the partners consider when they decide whether to carry out a local review.</p>
<p><strong>Front door:</strong> where anyone reports a child who may be at risk, in each local authority.</p>
<p><strong>Local child safeguarding practice review:</strong> a review of a case by the local partners, written by an independent reviewer and published.</p>
<p><strong>Looked-after child:</strong> a child in the care of a local authority.</p>
<p><strong>National panel:</strong> the Child Safeguarding Practice Review Panel, which is told of every serious incident and can review cases of national importance.</p>
<p><strong>Notification:</strong> telling the national panel of a serious incident. It is the local authority's duty.</p>
<p><strong>Rapid review:</strong> the first gathering of facts, within 15 working days.</p>
<p><strong>Safeguarding partners:</strong> the local authority, the integrated care board and the chief officer of police.</p>
<p><strong>Serious incident:</strong> abuse or neglect of a child is known or suspected, and the child has died or been seriously harmed.</p>
<p><strong>Working day:</strong> Monday to Friday, except bank holidays in England and Wales.</p>
"""
# What a new seven-minute briefing begins with; every heading may be changed.
BRIEFING = "".join(
    f"<h3>{heading}</h3><p></p>"
    for heading in (
        "1. Background",
        "2. Why it matters",
        "3. What happened",
        "4. Key learning",
        "5. What to do",
        "6. Questions to consider",
        "7. Resources and next steps",
    )
)
# slug, title, part of the site, place, sentence, text, takes feedback
PAGES = (
    (
        "about-safeguarding-reviews",
        "About safeguarding reviews",
        "about",
        10,
        "What a review is, who carries it out, and how it goes.",
        ABOUT,
        True,
    ),
    (
        "families",
        "Families: how you take part",
        "about",
        20,
        "For parents, carers, brothers and sisters.",
        FAMILIES,
        True,
    ),
    ("glossary", "Words we use", "about", 30, "The terms of the trade in plain words.", GLOSSARY, False),
    (
        "working-together",
        "Working Together, and what has changed",
        "guidance",
        10,
        "What the statutory guidance asks, and how its editions differ.",
        WORKING_TOGETHER,
        False,
    ),
    (
        "rapid-review-in-seven-minutes",
        "The rapid review in seven minutes",
        "guidance",
        20,
        "A short guide for everyone who is asked to take part.",
        SEVEN_MINUTES,
        True,
    ),
    (
        "how-to-refer",
        "How to refer a case",
        "referring",
        10,
        "Which cases, who may refer, and what happens then.",
        REFERRING,
        True,
    ),
    (
        "our-procedures",
        "Our procedures and guidance",
        "local",
        10,
        "What this partnership has agreed.",
        PROCEDURES,
        False,
    ),
)
