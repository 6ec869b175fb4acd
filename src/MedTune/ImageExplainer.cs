using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune;

/// <summary>Says where in a picture an answer comes from: Grad-CAM (Selvaraju et al., ICCV 2017) and occlusion (Zeiler and Fergus, ECCV 2014).</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class ImageExplainer : IDisposable
{
    private const int LongestSide = 512;

    private readonly TaskPool _pool;
    private readonly ImagePredictor _predictor;
    private readonly ImageSaliency _saliency;

    /// <summary>An explainer for a model.</summary>
    /// <param name="model">A model for pictures.</param>
    /// <param name="threads">At least 1; null for one per processor. It changes no bit.</param>
    /// <exception cref="ModelFileException">The model is for tables, or cannot be run.</exception>
    public ImageExplainer(ModelFile model, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _predictor = new ImagePredictor(model, threads);
        _pool = new TaskPool(threads ?? Environment.ProcessorCount);
        _saliency = new ImageSaliency(model.Graph, pool: _pool);
    }

    /// <summary>Why there is no Grad-CAM; null where there is.</summary>
    public string? NoGradCam => _saliency.NoGradCam;

    /// <summary>The answer for a picture, and where it comes from.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>
    /// The answer, and for each method the picture with the places that speak for the class answered; of several findings, for each that is there, or for the likeliest where none is.
    /// </returns>
    /// <exception cref="DataException">The picture is too large.</exception>
    public (Prediction.Prediction Answer, ImmutableArray<SaliencyPicture> Maps) Explain(PixelImage picture)
    {
        var answer = _predictor.Predict(picture);
        return (answer, [.. Explained(answer).SelectMany(answered => Maps(picture, answered))]);
    }

    private int[] Explained(Prediction.Prediction answer)
    {
        if (answer.Present.IsEmpty)
        {
            return [_predictor.Model.Manifest.Classes.IndexOf(answer.Class)];
        }

        int[] present = [.. Enumerable.Range(0, answer.Present.Length).Where(finding => answer.Present[finding])];
        return present.Length > 0 ? present : [answer.Probabilities.IndexOf(answer.Probability)];
    }

    private IEnumerable<SaliencyPicture> Maps(PixelImage picture, int answered)
    {
        SaliencyMap?[] maps = [_saliency.GradCam(picture, answered), _saliency.Occlusion(picture, answered)];
        string name = _predictor.Model.Manifest.Classes[answered];
        return maps.OfType<SaliencyMap>().Select(map => new SaliencyPicture(map.Method, name, EvidencePictures.Overlay(picture, map, LongestSide), map.Meaning));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _saliency.Dispose();
        _predictor.Dispose();
        _pool.Dispose();
    }
}
