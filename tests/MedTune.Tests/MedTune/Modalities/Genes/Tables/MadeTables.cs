using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Tables of genes or dosages of which a few columns tell the class; no sample of them exists.</summary>
internal static class MadeTables
{
    /// <summary>Every kind of model, by its name in plans, with what it reads.</summary>
    public static TheoryData<string, GeneForm> Kinds => new()
    {
        { Plan.RidgeModel, GeneForm.Expression }, { Plan.FewGenesModel, GeneForm.Expression }, { Plan.ElasticNetModel, GeneForm.Expression },
        { Plan.ForestModel, GeneForm.Expression }, { Plan.BoostingModel, GeneForm.Expression }, { Plan.DosageModel, GeneForm.Genotype }, { Plan.RidgeModel, GeneForm.Genotype },
    };

    /// <summary>Made samples: of expression intensities with a long tail, else dosages; the first four columns differ between classes by the effect.</summary>
    public static GeneData Of(GeneForm form, int samples = 60, int features = 150, int classes = 2, double effect = 1.5, ulong seed = 1)
    {
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % classes)];
        var values = new float[samples * features];
        for (int row = 0; row < samples; row++)
        {
            var random = new Philox(seed, RandomPurpose.Search, (ulong)row);
            for (int feature = 0; feature < features; feature++)
            {
                double shift = feature < 4 && feature % classes == labels[row] ? effect : 0;
                double made = random.Normal((ulong)feature);
                values[(row * features) + feature] = (row + feature) % 83 == 0 ? float.NaN
                    : form == GeneForm.Expression ? (float)(100 * DoubleMath.Exp(made + shift)) - 60
                    : Dosage(random, feature, 0.25 + (0.25 * ((feature * 7) % 3 / 2.0)) + (0.2 * shift));
            }
        }

        return new GeneData
        {
            Input = form,
            ClassNames = [.. Enumerable.Range(0, classes).Select(label => ((char)('a' + label)).ToString())],
            Classes = [.. labels],
            Groups = [.. Enumerable.Range(0, samples)],
            Features = [.. Enumerable.Range(0, features).Select(feature => string.Create(CultureInfo.InvariantCulture, $"G{feature}"))],
            Values = values,
        };
    }

    /// <summary>The same measurements with labels dealt out anew.</summary>
    public static GeneData Shuffled(GeneData data, ulong seed)
    {
        int[] labels = [.. data.Classes];
        new Philox(seed, RandomPurpose.Shuffling, 0).Shuffle(labels);
        return new GeneData { Input = data.Input, ClassNames = data.ClassNames, Classes = [.. labels], Groups = data.Groups, Features = data.Features, Values = data.Values };
    }

    /// <summary>A fit to some rows, or to all.</summary>
    public static GeneFitTask Task(GeneData data, int[]? rows = null, TaskPool? pool = null)
    {
        rows ??= [.. Enumerable.Range(0, data.Rows)];
        return new GeneFitTask(data, rows, Splits.KFold([.. data.Classes], [.. data.Groups], 4, 3, rows), 9, pool ?? TaskPool.Sequential, null, default);
    }

    /// <summary>A finished fit.</summary>
    public static FitRecord Fit(string kind, GeneFitTask task) => GeneCandidates.Of(kind).Fit(task, new FitProgressFile(null, ""));

    /// <summary>Mean area under the ROC curve of margins.</summary>
    public static double Auroc(GeneData data, int[] rows, float[] margins) => Enumerable.Range(0, data.Margins).Average(margin => global::MedTune.Evaluation.Auroc.Of(
        [.. rows.Select((_, i) => (double)margins[(i * data.Margins) + margin])], [.. rows.Select(row => data.Classes[row] == (data.Margins == 1 ? 1 : margin) ? 1 : 0)]));

    private static float Dosage(Philox random, int feature, double frequency) =>
        (random.UniformDouble((ulong)(1000 + (2 * feature))) < frequency ? 1 : 0) + (random.UniformDouble((ulong)(1001 + (2 * feature))) < frequency ? 1 : 0);
}
