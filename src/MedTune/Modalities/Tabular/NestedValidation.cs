using System.Collections.Immutable;
using MedTune.Data;

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
    private readonly FoldAssignment _outer;
    private readonly FoldAssignment[] _inner;
    private readonly int _innerUsed;
    private readonly FitRunner _runner;
    private readonly Func<float[], int[], double> _threshold;
    private ImmutableArray<Candidate> _candidates;

    /// <summary>Prepares the validation.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="candidates">The candidates, the safest first.</param>
    /// <param name="outer">Outer fold of every row; -1 where a row takes no part (sealed or not listed).</param>
    /// <param name="innerFolds">Number of inner folds.</param>
    /// <param name="runner">Fits and remembers.</param>
    /// <param name="threshold">Chooses a threshold from margins and classes; not used for several classes.</param>
    public NestedValidation(
        TabularData data,
        ImmutableArray<Candidate> candidates,
        FoldAssignment outer,
        int innerFolds,
        FitRunner runner,
        Func<float[], int[], double> threshold)
    {
        _data = data;
        _candidates = candidates;
        _outer = outer;
        _runner = runner;
        _threshold = threshold;
        _innerUsed = data.Rows > LargeRows ? 1 : int.MaxValue;
        _inner = new FoldAssignment[outer.Folds];
        for (int fold = 0; fold < outer.Folds; fold++)
        {
            _inner[fold] = Splits.KFold(
                [.. data.Classes], [.. data.Groups], innerFolds, runner.Seed + 1 + (ulong)fold, RowsWhere(outer, other => other != fold && other >= 0));
        }
    }

    /// <summary>Number of fits one run takes, the final one included.</summary>
    public int FitCount => Sets().Count * _candidates.Length;

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
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, validated == 0 ? CancellationToken.None : timeIsUp);
            try
            {
                foreach (var (key, found) in _runner.Run(sets, candidate, limit.Token))
                {
                    margins[key] = margins[key].Add(found);
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                break;
            }

            validated++;
        }

        _candidates = _candidates[..validated];
        var predictions = new List<FoldPrediction>();
        for (int fold = 0; fold < _outer.Folds; fold++)
        {
            int place = fold;
            var choice = Choose(_inner[fold], _innerUsed, inner => margins[FitSet.InnerKey(place, inner)]);
            var outside = margins[FitSet.OuterKey(fold)];
            int[] rows = RowsWhere(_outer, other => other == place);
            var members = choice.Scores[.._candidates.Length].Select(score => score.Calibration.Apply(outside[score.Candidate][score.Setting])).ToList();
            var all = choice.Scores.Select(score => score.Weights.IsEmpty ? members[score.Candidate] : StackCandidate.Combine(members, score.Weights));
            predictions.Add(new FoldPrediction(fold, [.. rows], choice, [.. all]));
        }

        return new NestedValidationResult([.. predictions], Choose(_outer, int.MaxValue, fold => margins[FitSet.OuterKey(fold)]));
    }

    private List<FitSet> Sets()
    {
        var sets = new List<FitSet>();
        for (int fold = 0; fold < _outer.Folds; fold++)
        {
            int place = fold;
            sets.Add(new FitSet(
                FitSet.OuterKey(fold), RowsWhere(_outer, other => other != place && other >= 0), RowsWhere(_outer, other => other == place), (ulong)((fold + 1) * 64)));
            for (int inner = 0; inner < Math.Min(_innerUsed, _inner[fold].Folds); inner++)
            {
                int part = inner;
                sets.Add(new FitSet(
                    FitSet.InnerKey(fold, inner),
                    RowsWhere(_inner[fold], other => other != part && other >= 0),
                    RowsWhere(_inner[fold], other => other == part),
                    (ulong)(((fold + 1) * 64) + inner + 1)));
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
            int place = fold;
            int[] scored = RowsWhere(folds, other => other == place);
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

    private static int[] RowsWhere(FoldAssignment folds, Func<int, bool> holds)
    {
        var rows = new List<int>();
        for (int row = 0; row < folds.FoldOfRow.Length; row++)
        {
            if (holds(folds.FoldOfRow[row]))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
