using MedTune.Prediction;
using MedTune.Reports.Charts;

namespace MedTune.Reports;

/// <summary>Draws what each change of a letter would do to the answer for one sequence.</summary>
public static class SequenceReport
{
    /// <summary>The ending of a drawing; any other file is a page.</summary>
    public const string DrawingEnding = ".svg";

    // What the page's style sheet says of the drawing, for a file that stands alone.
    private const string Style =
        "svg{--ink:#1b2127;--muted:#57616b;--panel:#f5f7f9;--s1:#0072b2;--s2:#d55e00;--s3:#008060;--s5:#a86c00;background:#fff;font-family:sans-serif}"
        + "@media (prefers-color-scheme: dark){svg{--ink:#e8ecef;--muted:#a5b0ba;--panel:#1d2329;--s1:#56b4e9;--s2:#f28e4b;--s3:#35c9a0;--s5:#eab54d;background:#14181c}}"
        + ".tick{fill:var(--muted);font-size:12px}.base{stroke:var(--muted)}.ground{fill:var(--panel)}.up{fill:var(--s2)}.down{fill:var(--s1)}.own{fill:var(--muted)}"
        + ".letter-A{fill:var(--s3)}.letter-C{fill:var(--s1)}.letter-G{fill:var(--s5)}.letter-T{fill:var(--s2)}path{fill-rule:evenodd}";

    /// <summary>A self-contained page: no script, nothing loaded from anywhere.</summary>
    /// <param name="mutations">The sequence with its changes.</param>
    /// <param name="language">The language. Default: English.</param>
    public static string Page(SequenceMutations mutations, ReportLanguage language = ReportLanguage.English)
    {
        ArgumentNullException.ThrowIfNull(mutations);
        return ReportPage.Draw<SequenceDocument>(language, new Dictionary<string, object?>
        {
            [nameof(SequenceDocument.Mutations)] = mutations,
            [nameof(SequenceDocument.Css)] = ReportPage.CssIn(language),
        });
    }

    /// <summary>A drawing (SVG) that stands alone.</summary>
    /// <param name="mutations">The sequence with its changes.</param>
    public static string Drawing(SequenceMutations mutations)
    {
        ArgumentNullException.ThrowIfNull(mutations);
        return ReportPage.Draw<MutationDrawing>(ReportLanguage.English, new Dictionary<string, object?>
        {
            [nameof(MutationDrawing.Map)] = MutationMap.Of(mutations),
            [nameof(MutationDrawing.Description)] = $"Change of the log-odds of {mutations.ExplainedClass} for each letter at each place",
            [nameof(MutationDrawing.Style)] = Style,
        });
    }

    /// <summary>Writes the drawing where the file ends in .svg, else the page.</summary>
    /// <param name="mutations">The sequence with its changes.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(SequenceMutations mutations, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ResultFile.Write(path, path.EndsWith(DrawingEnding, StringComparison.OrdinalIgnoreCase) ? Drawing(mutations) : Page(mutations));
    }
}
