using System.Collections.Immutable;
using System.Globalization;
using MedTune.Evaluation;

namespace MedTune.Modalities.Tabular;

/// <summary>Leaves each site out in turn: everything is decided and fitted in the other sites, and the site left out judges it.</summary>
/// <remarks>Steyerberg and Harrell, J Clin Epidemiol 2016;69:245-247.</remarks>
internal sealed class SiteValidation
{
    /// <summary>What events of this validation are called.</summary>
    public const string Step = "sites";

    private readonly TabularData _data;
    private readonly int[] _rows;
    private readonly SiteSplit? _split;
    private readonly NestedValidation? _validation;

    private SiteValidation(TabularData data, int[] rows, SiteSplit? split, NestedValidation? validation, string why)
    {
        _data = data;
        _rows = rows;
        _split = split;
        _validation = validation;
        WhyNot = why;
    }

    /// <summary>Number of fits it takes.</summary>
    public int FitCount => _validation?.FitCount ?? 0;

    /// <summary>Why no site is left out, as a sentence; empty where sites are, or nothing was said of any.</summary>
    public string WhyNot { get; }

    /// <summary>Prepares the validation over the sites of some rows.</summary>
    /// <param name="plan">Whether it is wanted, and the number of inner folds.</param>
    /// <param name="data">All samples.</param>
    /// <param name="rows">The rows the final model is fitted to; no other row takes part.</param>
    /// <param name="validate">Prepares the validation whose outer folds are the sites.</param>
    public static SiteValidation For(Plan plan, TabularData data, int[] rows, Func<OuterLoop, NestedValidation> validate)
    {
        if (!plan.SiteValidation || data.Dataset.Sites is null)
        {
            return new SiteValidation(data, rows, null, null, "");
        }

        if (data.ClassCount != 2)
        {
            return new SiteValidation(data, rows, null, null, "No site was left out in turn: that is done for two classes only.");
        }

        var split = SiteSplit.Of(data, rows);
        return split.Sites.Length >= RandomEffects.FewestSites
            ? new SiteValidation(data, rows, split, validate(split.Loop), "")
            : new SiteValidation(data, rows, null, null, string.Create(
                CultureInfo.InvariantCulture,
                $"No site was left out in turn: that needs {RandomEffects.FewestSites} sites with {SiteSplit.FewestPatients} patients of each class; there are {split.Sites.Length} of {data.Dataset.SiteNames.Length}."));
    }

    /// <summary>Leaves the sites out.</summary>
    /// <param name="timeIsUp">Cancelled when the time limit is reached: then the whole validation is left out.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>Null where no site is left out, or the time was up.</returns>
    public SiteFigures? Run(CancellationToken timeIsUp, CancellationToken cancellation)
    {
        if (_validation is null || _split is null)
        {
            return null;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp, cancellation);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            return Figures(_split, _validation.Run(timeIsUp, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>What is to be said of the sites, for the run's events.</summary>
    public IEnumerable<string> Notes()
    {
        if (_split is null)
        {
            return WhyNot.Length == 0 ? [] : [WhyNot];
        }

        return new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"{FitCount} fits, each of {_split.Sites.Length} sites left out in turn"),
            _split.TooSmall.IsEmpty ? "" : $"too small to be left out, only trained with: {string.Join(", ", _split.TooSmall.Select(NameOf))}",
            _split.Further == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{_split.Further} sites smaller than these {_split.Sites.Length} only trained with"),
            _split.Straddling == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"warning: patients who occur at several sites: {_split.Straddling}; none trained for a site they occur at"),
        }.Where(note => note.Length > 0);
    }

    private SiteFigures Figures(SiteSplit split, NestedValidationResult result)
    {
        var judged = result.Folds.ToDictionary(fold => split.Sites[fold.Fold], Judge);
        foreach (int site in split.TooSmall)
        {
            judged[site] = new SubgroupResult(NameOf(site), true, null, null, null, ImmutableSortedDictionary<string, Estimate>.Empty);
        }

        // Sizes are shown as the subgroups by site show them, so that neither table gives away what the other hides.
        var shown = SubgroupEvaluation.ShownSizes([.. Enumerable.Range(0, _data.Dataset.SiteNames.Length).Select(SizeOf)]);
        ImmutableArray<SubgroupResult> sites =
        [
            .. judged.OrderBy(pair => pair.Key).Select(pair => shown[pair.Key] ? pair.Value : pair.Value with { Count = null, Patients = null, Events = null }),
        ];
        return new SiteFigures(sites, SiteEvaluation.Summarize([.. sites.Where(site => !site.IsTooFew)]), split.Straddling);
    }

    private SubgroupResult Judge(FoldPrediction fold) => SiteEvaluation.Of(
        NameOf(_split!.Sites[fold.Fold]),
        new BinaryPredictions(
            [.. ClassProbabilities.Of(fold.Margins, 2).Select(probabilities => (double)probabilities[1])],
            [.. fold.Rows.Select(row => _data.Classes[row])],
            null,
            _data.Dataset.Patients is { } patients ? [.. fold.Rows.Select(row => patients[row])] : null));

    private (int Count, int Patients, int Events) SizeOf(int site)
    {
        int[] own = [.. _rows.Where(row => _data.Dataset.Sites![row] == site)];
        int patients = _data.Dataset.Patients is { } of ? own.Select(row => of[row]).Distinct().Count() : own.Length;
        return (own.Length, patients, own.Sum(row => _data.Classes[row]));
    }

    private string NameOf(int site) => _data.Dataset.SiteNames[site];
}
