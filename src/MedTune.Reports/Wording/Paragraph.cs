using System.Text;

namespace MedTune.Reports.Wording;

/// <summary>A paragraph under construction.</summary>
internal sealed class Paragraph
{
    private readonly List<Phrase> _phrases = [];

    /// <summary>What has been said so far.</summary>
    public IReadOnlyList<Phrase> Phrases => _phrases;

    /// <summary>Adds plain text.</summary>
    public Paragraph Say(string text)
    {
        _phrases.Add(new Phrase(text, false));
        return this;
    }

    /// <summary>Adds stressed text.</summary>
    public Paragraph Stress(string text)
    {
        _phrases.Add(new Phrase(text, true));
        return this;
    }

    /// <summary>The text without its stress.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Phrase phrase in _phrases)
        {
            text.Append(phrase.Text);
        }

        return text.ToString();
    }
}
