using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>A penalised linear model with smooth terms: restricted cubic splines of numbers and indicators of levels, the ridge penalty by grouped cross-validation.</summary>
/// <remarks>
/// Numbers are fitted in closed form; yes or no by Newton's steps (iteratively reweighted least squares). Runs on one thread, in double, with sums in one order, so
/// that bits depend on the samples alone.
/// </remarks>
internal sealed class SmoothRegression
{
    private const int NewtonSteps = 25;
    private const double NewtonTolerance = 1e-8;
    private const double LeastCurvature = 1e-5;
    private const int FewestGroups = 10;
    private const double UntunedPenalty = 1;

    private readonly double[][] _columns;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly int[] _ends;
    private readonly SmoothOptions _options;
    private readonly double _weight;
    private readonly Lazy<(double[] Products, double[] Right)> _all;

    private SmoothRegression(double[][] columns, double[] targets, double[] weights, int[] ends, SmoothOptions options)
    {
        (_columns, _targets, _weights, _ends, _options) = (columns, targets, weights, ends, options);
        _weight = weights.Sum();
        _all = new(() => (RidgeEquations.Products(_columns, _weights, ..), RidgeEquations.Products(_columns, _weights, _targets, ..)));
    }

    /// <summary>Fits.</summary>
    /// <param name="matrix">Row-major, missing as NaN, levels as numbers.</param>
    /// <param name="isCategory">Per column: whether its values are codes of levels.</param>
    /// <param name="rows">The training rows of the matrix.</param>
    /// <param name="targets">One per training row; 0 or 1 for a logistic model.</param>
    /// <param name="weights">One per training row, above 0; empty for all alike.</param>
    /// <param name="groups">One per training row; rows of one group are held out together.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="seed">Deals the groups to the held-out parts.</param>
    public static SmoothFit Fit(
        ReadOnlySpan<float> matrix,
        ReadOnlySpan<bool> isCategory,
        int[] rows,
        double[] targets,
        double[] weights,
        int[] groups,
        SmoothOptions? options = null,
        ulong seed = 0)
    {
        options ??= new SmoothOptions();
        var (order, ends) = Parts(groups, options.Folds, seed);
        int[] sorted = Array.ConvertAll(order, place => rows[place]);
        double[] y = Array.ConvertAll(order, place => targets[place]);
        double[] w = weights.Length == 0 ? [.. Enumerable.Repeat(1.0, rows.Length)] : Array.ConvertAll(order, place => weights[place]);
        var terms = SmoothTerms.Measure(matrix, isCategory, sorted);
        var fit = Fit(terms, matrix, sorted, y, w, ends, options);
        int[] strongest = Strongest(fit, options);
        if (strongest.Length > 1 && !options.IsLogistic)
        {
            var richer = Fit(terms.WithProducts(strongest, matrix, sorted), matrix, sorted, y, w, ends, options);
            fit = richer.HeldOutLoss < fit.HeldOutLoss ? richer : fit;
        }

        var heldOut = new double[rows.Length];
        for (int i = 0; i < order.Length; i++)
        {
            heldOut[order[i]] = fit.HeldOut[i];
        }

        return fit with { HeldOut = heldOut };
    }

    private static SmoothFit Fit(SmoothTerms terms, ReadOnlySpan<float> matrix, int[] rows, double[] y, double[] w, int[] ends, SmoothOptions options)
    {
        double[][] columns = [[.. Enumerable.Repeat(1.0, rows.Length)], .. terms.Columns(matrix, rows)];
        return new SmoothRegression(columns, y, w, ends, options).Run(terms);
    }

    /// <summary>Held-out parts side by side: the order of the samples, and where each part ends.</summary>
    private static (int[] Order, int[] Ends) Parts(int[] groups, int folds, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, groups.Length)];
        if (folds < 2 || groups.Distinct().Take(FewestGroups).Count() < FewestGroups)
        {
            return (order, [groups.Length]);
        }

        int[] fold = Splits.KFold(new int[groups.Length], groups, folds, seed).FoldOfRow;
        return ([.. order.OrderBy(row => fold[row])], [.. Enumerable.Range(0, folds).Select(own => fold.Count(other => other <= own))]);
    }

    private static int[] Strongest(SmoothFit fit, SmoothOptions options) =>
    [
        .. fit.Terms.Factors.Where(term => fit.Weights[term] != 0).OrderByDescending(term => Math.Abs(fit.Weights[term])).Take(options.ProductFactors).Order(),
    ];

    private SmoothFit Run(SmoothTerms terms)
    {
        bool isTuned = _ends.Length > 1;
        double[] penalties = isTuned ? [.. _options.Penalties] : [UntunedPenalty];
        double[][] heldOut = isTuned ? HeldOut(penalties) : [];
        double[] losses = Array.ConvertAll(heldOut, Loss);
        int best = isTuned ? Array.IndexOf(losses, losses.Min()) : 0;
        double[] solution = Path([.. penalties.Take(best + 1)], 0..0)[^1];
        double[] answers = isTuned ? heldOut[best] : Answers(solution, 0.._targets.Length);
        return new SmoothFit(terms, solution[0], solution[1..], penalties[best], answers, isTuned ? losses[best] : Loss(answers));
    }

    /// <summary>For each penalty the answers for all samples, each by the model without its part.</summary>
    private double[][] HeldOut(double[] penalties)
    {
        double[][] answers = [.. penalties.Select(_ => new double[_targets.Length])];
        for (int part = 0; part < _ends.Length; part++)
        {
            Range own = (part == 0 ? 0 : _ends[part - 1]).._ends[part];
            double[][] solutions = Path(penalties, own);
            for (int p = 0; p < penalties.Length; p++)
            {
                Answers(solutions[p], own).CopyTo(answers[p].AsSpan(own));
            }
        }

        return answers;
    }

    /// <summary>The solutions for each penalty on all samples but a range.</summary>
    private double[][] Path(double[] penalties, Range without)
    {
        if (_options.IsLogistic)
        {
            return LogisticPath(penalties, without);
        }

        double[] products = Less(_all.Value.Products, RidgeEquations.Products(_columns, _weights, without));
        double[] right = Less(_all.Value.Right, RidgeEquations.Products(_columns, _weights, _targets, without));
        return Array.ConvertAll(penalties, penalty => RidgeEquations.Solve(products, right, Diagonal(penalty, products[0])));
    }

    private double[][] LogisticPath(double[] penalties, Range without)
    {
        var solution = new double[_columns.Length];
        var solutions = new double[penalties.Length][];
        double[] kept = [.. _weights];
        kept.AsSpan(without).Clear();
        double total = kept.Sum();
        double share = Math.Clamp(Reductions.Dot(kept, _targets) / total, 0.5 / total, 1 - (0.5 / total));
        solution[0] = DoubleMath.Log(share / (1 - share));
        for (int p = 0; p < penalties.Length; p++)
        {
            for (int step = 0; step < NewtonSteps; step++)
            {
                double[] next = NewtonStep(solution, kept, Diagonal(penalties[p], total));
                double change = next.Zip(solution, (a, b) => Math.Abs(a - b)).Max();
                solution = next;
                if (change < NewtonTolerance)
                {
                    break;
                }
            }

            solutions[p] = solution;
        }

        return solutions;
    }

    /// <summary>One step of iteratively reweighted least squares; margins are kept within 30 of 0, where a chance is 1e-13.</summary>
    private double[] NewtonStep(double[] solution, double[] kept, double[] penalty)
    {
        double[] margins = Answers(solution, 0.._targets.Length);
        var curvature = new double[margins.Length];
        for (int i = 0; i < margins.Length; i++)
        {
            double margin = Math.Clamp(margins[i], -30, 30);
            double chance = DoubleMath.Sigmoid(margin);
            double own = Math.Max(chance * (1 - chance), LeastCurvature);
            curvature[i] = kept[i] * own;
            margins[i] = margin + ((_targets[i] - chance) / own);
        }

        return RidgeEquations.Solve(
            RidgeEquations.Products(_columns, curvature, ..), RidgeEquations.Products(_columns, curvature, margins, ..), penalty);
    }

    /// <summary>The penalty of each weight; the intercept is free.</summary>
    private double[] Diagonal(double penalty, double weight)
    {
        var diagonal = new double[_columns.Length];
        diagonal.AsSpan(1).Fill(penalty * weight);
        return diagonal;
    }

    private double[] Answers(double[] solution, Range samples)
    {
        var answers = new double[_targets[samples].Length];
        for (int t = 0; t < solution.Length; t++)
        {
            var column = _columns[t].AsSpan(samples);
            for (int i = 0; i < answers.Length; i++)
            {
                answers[i] += solution[t] * column[i];
            }
        }

        return answers;
    }

    private double Loss(double[] answers)
    {
        double sum = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            double residual = _targets[i] - answers[i];
            sum += _weights[i] * (_options.IsLogistic ? DoubleMath.Softplus(answers[i]) - (_targets[i] * answers[i]) : residual * residual);
        }

        return sum / _weight;
    }

    private static double[] Less(double[] all, double[] part)
    {
        for (int i = 0; i < all.Length; i++)
        {
            part[i] = all[i] - part[i];
        }

        return part;
    }
}
