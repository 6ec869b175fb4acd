using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Evaluation;
using MedTune.Graphs;
using MedTune.Modalities.Genes;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Benchmarks;

/// <summary>
/// Fits the models for sequences on the fixed folds of labelled sets: <c>genes sequences FOLDER [--sets A,B] [--models k-mers,...] [--inner 3] [--from PRETRAINED] [--recipe rate=0.003,dropout=0.3] [--folds N]</c>. Settings, blend
/// and threshold are chosen by inner folds; prints accuracy, AUROC and MCC of each model and of their blend over all outer folds, and seconds.
/// </summary>
internal static class GeneSequencesBenchmark
{
    private const ulong Seed = 1;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var given = arguments.ToArray();
        string Option(string name, string otherwise) => Array.IndexOf(given, name) is >= 0 and var at ? given[at + 1] : otherwise;
        string[] sets = Option("--sets", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        string[] models = Option("--models", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        int inner = int.Parse(Option("--inner", "3"), CultureInfo.InvariantCulture);
        int most = int.Parse(Option("--folds", "100"), CultureInfo.InvariantCulture);
        using var pool = new TaskPool(int.Parse(Option("--threads", "2"), CultureInfo.InvariantCulture));
        foreach (string folder in Directory.GetDirectories(given[0], "seq_*").Order(StringComparer.Ordinal))
        {
            if (sets.Length == 0 || sets.Any(set => folder.Contains(set, StringComparison.Ordinal)))
            {
                One(folder, [.. Candidates(Option("--recipe", ""), Option("--from", "")).Where(candidate => models.Length == 0 || models.Contains(candidate.Name))], inner, most, pool);
            }
        }

        return 0;
    }

    private static IEnumerable<GeneCandidate> Candidates(string changes, string from) => [new KmerCandidate(), new OneHotCandidate(), new DnaNetworkCandidate(null, recipe => Changed(recipe, changes)), .. from.Length == 0 ? Array.Empty<GeneCandidate>() : [new DnaNetworkCandidate(PretrainedDna.Load(from), recipe => Changed(recipe, changes))]];

    /// <summary>A recipe with other settings, to compare them by their inner loss.</summary>
    private static DnaRecipe Changed(DnaRecipe recipe, string changes)
    {
        foreach (string[] change in changes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(change => change.Split('=')))
        {
            double value = double.Parse(change[1], CultureInfo.InvariantCulture);
            recipe = change[0] switch
            {
                "rate" => recipe with { Rate = value },
                "dropout" => recipe with { Dropout = value },
                "mutation" => recipe with { Mutation = value },
                "shift" => recipe with { Shift = (int)value },
                "width" => recipe with { Width = (int)value },
                "blocks" => recipe with { Blocks = (int)value },
                "pool" => recipe with { Pool = (int)value },
                "places" => recipe with { Places = (int)value },
                "epochs" => recipe with { Epochs = (int)value },
                "attends" => recipe with { Attends = value == 1 },
                "head" => recipe with { HeadEpochs = (int)value },
                "strands" => recipe with { BothStrands = value == 2 },
                _ => throw new ArgumentException($"A recipe has no '{change[0]}'."),
            };
        }

        return recipe;
    }

    private static void One(string folder, ImmutableArray<GeneCandidate> candidates, int innerFolds, int most, TaskPool pool)
    {
        var set = SequenceSet.Open(FilesOf(folder));
        int[] folds = [.. File.ReadLines(Path.Combine(folder, "folds.csv")).Skip(1).Select(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var data = new GeneData
        {
            Input = GeneForm.Sequence,
            ClassNames = set.Classes,
            Classes = [.. set.Samples.Select(sample => sample.Label)],
            Groups = [.. set.Samples.Select(sample => GroupOf(groups, sample.Letters))],
            Sequences = [.. set.Samples.Select(sample => sample.Letters)],
            Length = set.Samples.Max(sample => sample.Letters.Length),
        };
        if (folds.Length != data.Rows)
        {
            throw new InvalidDataException($"{folder} has {data.Rows} sequences and {folds.Length} lines in folds.csv.");
        }

        var outer = new FoldAssignment(folds, folds.Max() + 1);
        var scores = candidates.Select(_ => new float[data.Rows * data.Margins]).Append(new float[data.Rows * data.Margins]).ToArray();
        var seconds = new double[candidates.Length + 1];
        var thresholds = new double[data.Rows];
        var settings = candidates.Select(_ => new List<string>()).ToArray();
        Console.WriteLine($"## {Path.GetFileName(folder)} (n={data.Rows}, {data.ClassNames.Length} classes, {outer.Folds} folds, {innerFolds} inner)");
        int done = Math.Min(most, outer.Folds);
        for (int fold = 0; fold < done; fold++)
        {
            int[] rows = outer.TrainingRows(fold), test = outer.TestRows(fold);
            var inner = Splits.KFold([.. data.Classes], [.. data.Groups], innerFolds, Seed + (ulong)fold, rows);
            var fits = new List<GeneFit>();
            for (int i = 0; i < candidates.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                var record = candidates[i].Fit(new GeneFitTask(data, rows, inner, Seed, pool, null, CancellationToken.None), new FitProgressFile(null, ""));
                var fit = candidates[i].Build(data, record);
                Score(fit.Graph, data, test, scores[i], pool);
                seconds[i] += watch.Elapsed.TotalSeconds;
                fits.Add(fit);
                settings[i].Add(string.Create(CultureInfo.InvariantCulture, $"{fit.Setting} [inner loss {PointwiseLoss.Mean(fit.OutOfFold, [.. rows.Select(row => data.Classes[row])]):F4}, AUROC {Area(fit.OutOfFold, [.. rows.Select(row => data.Classes[row])], data.ClassNames.Length):F4}]"));
            }

            Blend(fits, data, rows, test, scores, thresholds);
        }

        int[] all = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] < done)];
        for (int i = 0; i <= candidates.Length; i++)
        {
            Print(i < candidates.Length ? candidates[i].Name : "blend", data, all, scores[i], i < candidates.Length ? null : thresholds, i < candidates.Length ? seconds[i] : seconds.Sum());
        }

        for (int i = 0; i < candidates.Length; i++)
        {
            foreach (var group in settings[i])
            {
                Console.WriteLine($"  {candidates[i].Name}: {group}");
            }
        }
    }

    private static string[] FilesOf(string folder) => File.Exists(Path.Combine(folder, "data.csv"))
        ? [Path.Combine(folder, "data.csv")]
        : [Directory.GetFiles(folder, "promoter.fa*")[0], Directory.GetFiles(folder, "non_promoter.fa*")[0]];

    private static int GroupOf(Dictionary<string, int> groups, string letters)
    {
        string other = Nucleotides.ReverseComplement(letters);
        string key = string.CompareOrdinal(letters, other) < 0 ? letters : other;
        return groups.TryGetValue(key, out int group) ? group : groups[key] = groups.Count;
    }

    private static void Score(Graph graph, GeneData data, int[] rows, float[] scores, TaskPool pool)
    {
        const int Batch = 64;
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions { Pool = pool }.WithBatch(Batch));
        for (int start = 0; start < rows.Length; start += Batch)
        {
            int count = Math.Min(Batch, rows.Length - start);
            var tokens = plan.Input<long>(data.InputName);
            for (int i = 0; i < count; i++)
            {
                SequenceTokens.Write(data.Sequences[rows[start + i]], tokens.Slice(i * data.Length, data.Length));
            }

            plan.Run();
            for (int i = 0; i < count; i++)
            {
                plan.Output<float>(GeneFit.MarginsName).Slice(i * data.Margins, data.Margins).CopyTo(scores.AsSpan(rows[start + i] * data.Margins));
            }
        }
    }

    /// <summary>A sum of the candidates' margins whose weights, at least 0, make the loss of unseen rows small; the threshold is where these rows' MCC is largest.</summary>
    private static void Blend(List<GeneFit> fits, GeneData data, int[] rows, int[] test, float[][] scores, double[] thresholds)
    {
        int width = data.Margins;
        int[] classes = [.. rows.Select(row => data.Classes[row])];
        float[] Mixed(ReadOnlySpan<double> weights)
        {
            var mixed = new float[rows.Length * width];
            for (int i = 0; i < fits.Count; i++)
            {
                for (int j = 0; j < mixed.Length; j++)
                {
                    mixed[j] += (float)(weights[i] * fits[i].OutOfFold[j]);
                }
            }

            return mixed;
        }

        double[] best = [.. fits.Select(_ => 1.0 / fits.Count)];
        double least = PointwiseLoss.Mean(Mixed(best), classes);
        for (double step = 0.5; step > 0.01; step /= 2)
        {
            for (bool improved = true; improved;)
            {
                improved = false;
                for (int i = 0; i < best.Length * 2; i++)
                {
                    double[] next = [.. best];
                    next[i / 2] = Math.Max(0, next[i / 2] + (i % 2 == 0 ? step : -step));
                    double loss = PointwiseLoss.Mean(Mixed(next), classes);
                    if (loss < least - 1e-6)
                    {
                        (best, least, improved) = (next, loss, true);
                    }
                }
            }
        }

        Console.WriteLine($"  weights {string.Join(" ", best.Select(weight => weight.ToString("F2", CultureInfo.InvariantCulture)))}, inner loss {least.ToString("F4", CultureInfo.InvariantCulture)}");
        double threshold = width == 1 ? Threshold(Mixed(best), classes) : 0;
        foreach (int row in test)
        {
            thresholds[row] = threshold;
            for (int k = 0; k < width; k++)
            {
                scores[^1][(row * width) + k] = (float)Enumerable.Range(0, fits.Count).Sum(i => best[i] * scores[i][(row * width) + k]);
            }
        }
    }

    private static double Threshold(float[] margins, int[] classes)
    {
        double Mcc(double threshold) => MccOf([.. margins.Select(margin => margin > threshold ? 1 : 0)], classes, 2);
        return Enumerable.Range(-60, 121).Select(i => i / 20.0).OrderByDescending(Mcc).ThenBy(Math.Abs).First();
    }

    private static void Print(string name, GeneData data, int[] rows, float[] scores, double[]? thresholds, double seconds)
    {
        int width = data.Margins;
        int[] classes = [.. rows.Select(row => data.Classes[row])];
        int[] Called(Func<int, double> threshold) => [.. rows.Select(row => width == 1 ? (scores[row] > threshold(row) ? 1 : 0) : Largest(scores.AsSpan(row * width, width)))];
        int[] called = Called(_ => 0);
        double accuracy = (double)called.Where((label, i) => label == classes[i]).Count() / called.Length;
        float[] margins = [.. rows.SelectMany(row => scores.AsSpan(row * width, width).ToArray())];
        string tuned = thresholds is null || width > 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" | at the inner threshold MCC {MccOf(Called(row => thresholds[row]), classes, 2):F4}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | acc {accuracy:F4} | AUROC {Area(margins, classes, data.ClassNames.Length):F4} | MCC {MccOf(called, classes, data.ClassNames.Length):F4} | loss {PointwiseLoss.Mean(margins, classes):F4} | {seconds:F1} s{tuned}"));
    }

    private static double Area(float[] margins, int[] classes, int count)
    {
        if (count == 2)
        {
            return Auroc.Of([.. margins.Select(margin => (double)margin)], classes);
        }

        double[][] chances = [.. margins.Chunk(count).Select(row => row.Select(margin => Math.Exp(margin - row.Max())).ToArray())];
        return Enumerable.Range(0, count).Average(k => Auroc.Of([.. chances.Select(row => row[k] / row.Sum())], [.. classes.Select(label => label == k ? 1 : 0)]));
    }

    private static double MccOf(int[] called, int[] classes, int count)
    {
        var (right, n) = (called.Where((label, i) => label == classes[i]).Count(), (double)called.Length);
        double[] p = [.. Enumerable.Range(0, count).Select(k => (double)called.Count(label => label == k))], t = [.. Enumerable.Range(0, count).Select(k => (double)classes.Count(label => label == k))];
        double below = Math.Sqrt(((n * n) - p.Sum(x => x * x)) * ((n * n) - t.Sum(x => x * x)));
        return below == 0 ? 0 : ((right * n) - p.Zip(t).Sum(pair => pair.First * pair.Second)) / below;
    }

    private static int Largest(ReadOnlySpan<float> margins)
    {
        int best = 0;
        for (int k = 1; k < margins.Length; k++)
        {
            best = margins[k] > margins[best] ? k : best;
        }

        return best;
    }
}
