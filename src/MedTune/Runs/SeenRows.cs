using MedTune.Modalities.Tabular;
using MedTune.Prediction;

namespace MedTune;

/// <summary>Counts samples at hand that a model was trained on.</summary>
internal static class SeenRows
{
    /// <summary>How many rows equal a training sample in every input and in the class.</summary>
    public static int Count(ModelFile model, TabularData data)
    {
        var digests = TrainingRows.Of(model);
        string salt = model.Manifest.DataDigest;
        return Enumerable.Range(0, data.Rows).Count(row =>
            digests.Contains(TrainingRows.Digest(salt, data.Inputs.Texts(row), data.ClassNames[data.Classes[row]])));
    }
}
