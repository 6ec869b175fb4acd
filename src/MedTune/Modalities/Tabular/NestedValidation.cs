using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>
/// Cross-validation inside cross-validation: for each outer fold, setting, calibration, candidate and threshold come from inner folds
/// of the other folds only, so that out-of-fold predictions are judged by nothing that has seen them.
/// </summary>
internal sealed class NestedValidation
{
    /// <summary>Above this many rows one inner fold, a grouped hold-out, tells as much as all of them.</summary>
    public const int LargeRows = 20_000;

    private readonly TabularData _data;
    private readonly OuterLoop _outer;
    private readonly FoldAssignment[] _inner;
    private readonly int _innerUsed;
    private readonly FitRunner _runner;
    private readonly Func<float[], int[], double> _threshold;
    private readonly int _search;
    private ImmutableArray<Candidate> _candidates;
    private bool _hasRun;

    /// <summary>Prepares the validation.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="candidates">The candidates, the safest first.</param>
    /// <param name="outer">The outer folds; rows in none of them and of no training take no part (sealed or not listed).</param>
    /// <param name="innerFolds">Number of inner folds.</param>
    /// <param name="runner">Fits and remembers.</param>
    /// <param name="threshold">Chooses a threshold from margins and classes; not used for several classes.</param>
    /// <param name="search">Settings drawn by lot for each candidate that has something to search.</param>
    public NestedValidation(
        TabularData data,
        ImmutableArray<Candidate> candidates,
        OuterLoop outer,
        int innerFolds,
        FitRunner runner,
        Func<float[], int[], double> threshold,
        int search = 0)
    {
        _data = data;
        _candidates = candidates;
        _outer = outer;
        _runner = runner;
        _threshold = threshold;
        _search = search;
        _innerUsed = data.Rows > LargeRows ? 1 : int.MaxValue;
        _inner = new FoldAssignment[outer.Folds.Folds];
        for (int fold = 0; fold < outer.Folds.Folds; fold++)
        {
            _inner[fold] = Splits.KFold(
                [.. data.Classes], [.. data.Groups], innerFolds, runner.Seed + 1 + (ulong)fold, outer.TrainingRows[fold]);
        }
    }

    /// <summary>Number of fits that validate: those to come, and afterwards those there were.</summary>
    public int FitCount => Sets().Count * _candidates.Sum(candidate =>
        candidate.Members.Length + (!_hasRun && candidate.Drawn(_runner.Seed, 0) is not null ? _search : 0));

    /// <summary>How many settings were drawn for each kind: as many as asked for, unless the time was up.</summary>
    public int Searched { get; private set; }

    /// <summary>The candidates that were validated: all, unless the time was up.</summary>
    public ImmutableArray<Candidate> Candidates => _candidates;

    /// <summary>The validated candidates and, where there are several trained from the data, their stack.</summary>
    public ImmutableArray<Candidate> Compared => Stack is { } stack ? _candidates.Add(stack) : _candidates;

    /// <summary>Of those candidates that may take part, when there are several.</summary>
    private StackCandidate? Stack => StackCandidate.Joining(_candidates).Length < 2
        ? null
        : new StackCandidate(_candidates.Any(candidate => candidate is AdaptedCandidate) ? StackCandidate.Mixture : StackCandidate.Kind, _candidates);

    /// <summary>Runs every fit, then chooses.</summary>
    /// <param name="timeIsUp">Cancelled when the time limit is reached: a candidate that is not finished by then is left out; the first always counts.</param>
    /// <param name="cancellation">Stops the run.</param>
    public NestedValidationResult Run(CancellationToken timeIsUp, CancellationToken cancellation)
    {
        var sets = Sets();
        var margins = sets.ToDictionary(set => set.Key, _ => ImmutableArray<ImmutableArray<float[]>>.Empty, StringComparer.Ordinal);
        int validated = 0;
        foreach (var candidate in _candidates)
        {
            if (Fit(candidate.Members, sets, validated == 0 ? CancellationToken.None : timeIsUp, cancellation) is not { } found)
            {
                break;
            }

            foreach (var set in sets)
            {
                margins[set.Key] = margins[set.Key].Add(found[set.Key]);
            }

            validated++;
        }

        bool inTime = validated == _candidates.Length;
        _candidates = _candidates[..validated];
        if (inTime)
        {
            Search(sets, margins, timeIsUp, cancellation);
        }

        _hasRun = true;

        var predictions = new List<FoldPrediction>();
        for (int fold = 0; fold < _outer.Folds.Folds; fold++)
        {
            int place = fold;
            var choice = Choose(_inner[fold], _innerUsed, inner => margins[_outer.KeyOf(place, inner)]);
            var outside = margins[_outer.KeyOf(fold)];
            int[] rows = _outer.Folds.TestRows(fold);
            var members = choice.Scores[.._candidates.Length].Select(score => score.Calibration.Apply(outside[score.Candidate][score.Setting])).ToList();
            var all = choice.Scores.Select(score => score.Weights.IsEmpty ? members[score.Candidate] : StackWeights.Combine(members, score.Weights));
            predictions.Add(new FoldPrediction(fold, [.. rows], choice, [.. all]));
        }

        return new NestedValidationResult([.. predictions], Choose(_outer.Folds, int.MaxValue, fold => margins[_outer.KeyOf(fold)]));
    }

    /// <summary>
    /// Tries one drawn setting of every kind after the other, all kinds once and then again: when the time is up, what every kind has tried counts.
    /// </summary>
    private void Search(
        List<FitSet> sets, Dictionary<string, ImmutableArray<ImmutableArray<float[]>>> margins, CancellationToken timeIsUp, CancellationToken cancellation)
    {
        var families = _candidates.ToArray();
        for (int draw = 0; draw < _search; draw++)
        {
            Candidate?[] drawn = Array.ConvertAll(families, candidate => candidate.Drawn(_runner.Seed, draw));
            if (drawn.All(candidate => candidate is null)
                || Fit([.. drawn.OfType<Candidate>()], sets, timeIsUp, cancellation) is not { } found)
            {
                break;
            }

            for (int c = 0, place = 0; c < families.Length; c++)
            {
                if (drawn[c] is { } member)
                {
                    families[c] = new CandidateFamily(families[c].Members.Add(member));
                    int own = place++;
                    foreach (var set in sets)
                    {
                        margins[set.Key] = margins[set.Key].SetItem(c, margins[set.Key][c].Add(found[set.Key][own]));
                    }
                }
            }

            Searched = draw + 1;
        }

        _candidates = [.. families];
    }

    /// <summary>Fits candidates to every set, one after the other.</summary>
    /// <returns>By set, the margins of all their settings; null when the time was up before.</returns>
    private Dictionary<string, ImmutableArray<float[]>>? Fit(
        ImmutableArray<Candidate> candidates, List<FitSet> sets, CancellationToken timeIsUp, CancellationToken cancellation)
    {
        var margins = sets.ToDictionary(set => set.Key, _ => ImmutableArray<float[]>.Empty, StringComparer.Ordinal);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeIsUp);
        try
        {
            foreach (var candidate in candidates)
            {
                foreach (var (key, found) in _runner.Run(sets, candidate, limit.Token))
                {
                    margins[key] = margins[key].AddRange(found);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }

        return margins;
    }

    private List<FitSet> Sets()
    {
        var sets = new List<FitSet>();
        for (int fold = 0; fold < _outer.Folds.Folds; fold++)
        {
            sets.Add(new FitSet(_outer.KeyOf(fold), _outer.TrainingRows[fold], _outer.Folds.TestRows(fold), _outer.StreamOf(fold)));
            for (int inner = 0; inner < Math.Min(_innerUsed, _inner[fold].Folds); inner++)
            {
                sets.Add(new FitSet(
                    _outer.KeyOf(fold, inner), _inner[fold].TrainingRows(inner), _inner[fold].TestRows(inner), _outer.StreamOf(fold) + (ulong)inner + 1));
            }
        }

        return sets;
    }

    /// <summary>What validation over some folds prefers: setting and calibration per candidate, the candidate, the threshold.</summary>
    private Choice Choose(FoldAssignment folds, int used, Func<int, ImmutableArray<ImmutableArray<float[]>>> marginsOfFold)
    {
        var rows = new List<int>();
        var foldOfSample = new List<int>();
        var perCandidate = _candidates.Select(candidate => candidate.Settings.Select(_ => new List<float>()).ToArray()).ToArray();
        for (int fold = 0; fold < Math.Min(used, folds.Folds); fold++)
        {
            int[] scored = folds.TestRows(fold);
            rows.AddRange(scored);

            // With one hold-out, calibration is judged by cutting it in two.
            foldOfSample.AddRange(scored.Select((_, i) => used == 1 ? i % 2 : fold));
            var margins = marginsOfFold(fold);
            for (int c = 0; c < _candidates.Length; c++)
            {
                for (int setting = 0; setting < perCandidate[c].Length; setting++)
                {
                    perCandidate[c][setting].AddRange(margins[c][setting]);
                }
            }
        }

        int[] classes = [.. rows.Select(row => _data.Classes[row])];
        var scores = _candidates.Select((candidate, index) => Validation.Score(
            index, candidate, [.. perCandidate[index].Select(margins => margins.ToArray())], classes, foldOfSample.ToArray())).ToImmutableArray();
        if (Stack is { } stack)
        {
            scores = scores.Add(stack.Score(scores, classes));
        }

        var best = Validation.Choose(scores, Compared);
        if (best.Weights.Count(weight => weight > 0) == 1)
        {
            best = scores[best.Weights.IndexOf(1)];
        }

        double threshold = _data.ClassCount == 2 ? _threshold(best.Calibration.Apply(best.Margins), classes) : double.NaN;
        return new Choice(best, scores, threshold);
    }
}
